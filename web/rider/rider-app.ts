// <yz-rider>: the rider's app. It takes over the markup that the server wrote, ranks on the phone, and keeps what can be
// shared in the URL. Events of its pages are delegated here: links say where to, `data-act` says what.

import { html, LitElement, render, svg } from 'lit';
import type { Tags } from '../pages/html.ts';
import { notices } from '../pages/notices.ts';
import type { StartState } from '../pages/start-state.ts';
import { readWishes, type Wishes, wishesHref } from '../pages/wishes.ts';
import { ServerClock } from './clock.ts';
import { Loader } from './loader.ts';
import { canLocate, keptFix } from './location.ts';
import { Locator } from './locator.ts';
import { MapHolder } from './map-holder.ts';
import { readPlacePart } from './place-part.ts';
import { originOf, type RiderState } from './rider-state.ts';
import { screen } from './screens.ts';
import type { VoicesUi } from './voices-ui.ts';

const tags: Tags = { html: html as Tags['html'], svg: svg as unknown as Tags['svg'] };
const TICK_MS = 30_000;

export class RiderApp extends LitElement {
  readonly #state: RiderState;
  readonly #map = new MapHolder(this);
  readonly #locator: Locator;
  readonly #wide = matchMedia('(min-width: 900px)');
  readonly #clock = new ServerClock();
  readonly #loader: Loader;
  #isTaken = false;
  #touched = false;
  #voices: VoicesUi | undefined;

  constructor() {
    super();
    const start = readStart();
    if (start.nowMs !== null && isFresh()) this.#clock.hear(start.nowMs);
    else this.#clock.recallKept();
    const wishes = readWishes(new URLSearchParams(location.search));
    this.#state = {
      start,
      wishes,
      placeId: placeIdIn(location.pathname),
      part: readPlacePart(location.search),
      voices: null,
      needsFirst: [...wishes.services, ...(wishes.allDay ? (['allDay'] as const) : [])],
      finder: null,
      later: null,
      kept: null,
      details: null,
      schematic: [],
      fix: null,
      location: canLocate() ? 'unasked' : 'impossible',
      canLocate: canLocate(),
      isOnline: navigator.onLine,
      checkedAtMs: 0,
      isClockKnown: true,
      hasNewBuild: false,
      letters: [],
      dismissLetter: () => undefined,
      hasLoadError: false,
      selected: null,
      said: null,
      isWide: this.#wide.matches,
      mapFailure: null,
      isWeChat: /MicroMessenger/i.test(navigator.userAgent),
      nowMs: this.now(),
    };
    this.#state.fix = keptFix(this.#state.nowMs);
    this.#locator = new Locator(this.#state, this);
    this.#loader = new Loader(this.#state, this.#clock, this);
  }

  // Light DOM: the server's markup and style sheet serve the element as well.
  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.addEventListener('click', this.#onClick);
    this.addEventListener('input', this.#onInput);
    this.addEventListener('submit', this.#onSubmit);
    addEventListener('popstate', this.#onPopState);
    addEventListener('online', this.#onNetwork);
    addEventListener('offline', this.#onNetwork);
    document.addEventListener('visibilitychange', this.#onVisible);
    for (const type of ['pointerdown', 'keydown', 'wheel'] as const) {
      addEventListener(type, this.#onTouch, { passive: true });
    }
    this.#wide.addEventListener('change', this.#onWide);
    setInterval(this.#tick, TICK_MS);
    history.scrollRestoration = 'manual';
    void this.#loader.load();
    void this.#locator.locateIfAllowed();
  }

  protected override shouldUpdate(): boolean {
    // Until the core is there, the server's page is the better one.
    const { finder, later, placeId } = this.#state;
    if (!finder || !later) return false;
    // A place that this snapshot does not have: the server's page says what became of it.
    return placeId === null || finder.core.indexOf(placeId) !== undefined;
  }

  protected override render(): unknown {
    const { finder } = this.#state;
    if (!finder) return '';
    if (!this.#isTaken) {
      // In the same task as Lit's first render, which would else append to the server's markup.
      this.replaceChildren();
      this.#isTaken = true;
    }
    return screen(tags, this.#state, finder, this.#map.element);
  }

  protected override updated(): void {
    if (!this.#isTaken) return;
    this.dataset.ready = '';
    this.#map.update(this.#state);
    // What was typed hides the attribute: a search of before would not show in its field.
    const input = this.querySelector<HTMLInputElement>('[type=search]');
    if (input && input.value !== this.#state.wishes.q) input.value = this.#state.wishes.q;
  }

  // ── Data ──────────────────────────────────────────────────────────────────────────────────────────────────────────

  sayLoadFailed(): void {
    const isKeptPage = this.#state.start.manifest === null;
    this.#sayFailed(
      isKeptPage ? '没有网络，手机里也还没存过点位。联网后再试' : '附近的点位没取到，下面是打开网页时的结果',
    );
  }

  /** Over the server's page, which still answers. */
  #sayFailed(text: string): void {
    const place = this.querySelector<HTMLElement>('.notices');
    if (!place) return;
    place.replaceChildren();
    render(notices(tags, [{ kind: 'error', text }]), place);
  }

  loaded(): void {
    this.#voices ??= this.#state.later?.openVoices(this.#state, {
      now: () => this.now(),
      go: (href, how) => this.#go(href, how),
      requestUpdate: () => this.requestUpdate(),
      refresh: () => this.#loader.load(),
    });
    this.#ask({ mayReorder: !this.#touched });
    // The kept page says nothing by itself of a place that the kept data do not have.
    const { start, placeId, finder } = this.#state;
    const isMissing = placeId !== null && finder?.core.indexOf(placeId) === undefined;
    if (isMissing && start.nowMs === null) this.#sayFailed('手机里没有这个点位。联网后再试');
  }

  #ask({ mayReorder }: { mayReorder: boolean }): void {
    const state = this.#state;
    const { finder, wishes } = state;
    state.nowMs = this.now();
    if (!finder) return;
    const { kinds, services, open, allDay, count } = wishes;
    const origin = originOf(state, finder.core.city).point;
    finder.ask({ origin, kinds, services, open, allDay, count, nowMs: state.nowMs }, mayReorder);
    if (mayReorder) this.#touched = false;
    this.#voices?.arrive();
    this.requestUpdate();
  }

  /** Milliseconds by the server's clock. */
  now(): number {
    return this.#clock.now();
  }

  readonly #tick = (): void => {
    this.#clock.keep();
    if (!document.hidden) this.#ask({ mayReorder: false });
  };

  /** The phone has moved. */
  moved(): void {
    this.#ask({ mayReorder: !this.#touched });
  }

  // ── Where we are in the app ───────────────────────────────────────────────────────────────────────────────────────

  #go(href: string, how: 'push' | 'replace'): void {
    const depth = Number(history.state?.depth ?? 0);
    history.replaceState({ ...history.state, scroll: this.#scroller.scrollTop }, '');
    if (how === 'push') history.pushState({ depth: depth + 1 }, '', href);
    else history.replaceState({ depth }, '', href);
    this.#arrive(0);
  }

  /** Takes up what the URL says. */
  #arrive(scroll: number): void {
    const state = this.#state;
    const before = { wishes: state.wishes, view: state.wishes.view, placeId: state.placeId, part: state.part.kind };
    const placeId = placeIdIn(location.pathname);
    if (placeId !== null && state.finder && state.finder.core.indexOf(placeId) === undefined) {
      // Not in this phone's snapshot: the server may know it, or say what became of it.
      location.reload();
      return;
    }
    state.placeId = placeId;
    state.part = readPlacePart(location.search);
    state.said = null;
    if (placeId === null) state.wishes = readWishes(new URLSearchParams(location.search));
    else void this.#loader.loadDetails();
    state.later?.keeping.arrive(state, before.wishes);
    const isSamePlace = before.placeId === state.placeId && before.part === state.part.kind;
    const hasNewScreen = before.view !== state.wishes.view || !isSamePlace;
    this.#ask({ mayReorder: true });
    void this.updateComplete.then(() => {
      if (hasNewScreen) this.#scroller.scrollTop = scroll;
      if (hasNewScreen) this.#focusScreen();
    });
  }

  /** A screen reader and a keyboard go on where the new screen begins. */
  #focusScreen(): void {
    const input = this.querySelector<HTMLInputElement>('[type=search]');
    const target = input ?? this.querySelector<HTMLElement>('h1, #main');
    if (!target) return;
    if (!input) target.tabIndex = -1;
    target.focus({ preventScroll: true });
    const title = this.querySelector('h1')?.textContent?.trim();
    const city = this.#state.finder?.core.city.title ?? '';
    document.title = title ? `${title} · ${city}` : city;
  }

  get #scroller(): Element {
    return (this.#state.isWide && this.querySelector('.page')) || document.documentElement;
  }

  readonly #onPopState = (event: PopStateEvent): void => {
    this.#arrive(Number((event.state as { scroll?: number } | null)?.scroll ?? 0));
  };

  // ── Events of the pages ───────────────────────────────────────────────────────────────────────────────────────────

  readonly #onClick = (event: MouseEvent): void => {
    if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey) return;
    const target = (event.target as Element).closest<HTMLElement>('a[href], button[data-act]');
    if (!target) return;
    const act = target.dataset.act;
    if (act !== undefined && this.#act(act, target)) event.preventDefault();
    else if (act === undefined && this.#follow(target as HTMLAnchorElement)) event.preventDefault();
  };

  /** Own links stay in the app once it has taken over; until then the server answers them. */
  #follow(link: HTMLAnchorElement): boolean {
    const href = link.getAttribute('href') ?? '';
    if (!href.startsWith('/') || !this.#state.finder) return false;
    const isScreen = placeIdIn(link.pathname) !== null || link.pathname === '/';
    if (!isScreen) return false;
    const { place, view } = link.dataset;
    this.#state.later?.keeping.follow(this.#state, link);
    this.#state.selected = place ?? (view === undefined ? null : this.#state.selected);
    // Wishes change the list in place; only a new screen is a step that Back undoes.
    this.#go(href, place !== undefined || view !== undefined ? 'push' : 'replace');
    return true;
  }

  #act(act: string, target: HTMLElement): boolean {
    switch (act) {
      case 'back':
        if (Number(history.state?.depth ?? 0) === 0) return this.#follow(target as HTMLAnchorElement);
        history.back();
        return true;
      case 'locate':
        this.#useMyPosition();
        return true;
      case 'reorder':
        this.#state.finder?.takeNewOrder();
        this.#touched = false;
        this.requestUpdate();
        return true;
      case 'retry':
        void this.#loader.load();
        return true;
      case 'reload':
        location.reload();
        return true;
      case 'dismiss-letter':
        this.#state.dismissLetter(Number(target.dataset.id));
        return true;
      case 'retry-map':
        this.#state.mapFailure = null;
        this.requestUpdate();
        return true;
      case 'forget-position':
        this.#locator.forget();
        this.#state.location = 'unasked';
        this.#ask({ mayReorder: true });
        return true;
      case 'share':
        void this.#handOn('share', '');
        return true;
      case 'copy':
        void this.#handOn('copy', target.dataset.text ?? '', target.dataset.done);
        return true;
      default:
        if (this.#voices?.act(act, target)) return true;
        if (!this.#state.later?.keeping.act(act, target, this.#state)) return false;
        this.#ask({ mayReorder: true });
        return true;
    }
  }

  #useMyPosition(): void {
    const wishes: Wishes = { ...this.#state.wishes, area: null, view: 'near' };
    this.#touched = false;
    if (this.#state.wishes.area !== null || this.#state.wishes.view !== 'near') this.#go(wishesHref(wishes), 'replace');
    void this.#locator.locate();
  }

  async #handOn(how: 'share' | 'copy', text: string, done = '地址已复制'): Promise<void> {
    const sharing = await import('./sharing.ts');
    const url = `${location.origin}${location.pathname}`;
    this.#state.said =
      how === 'share' ? await sharing.share(url, document.title) : await sharing.copy(text, done);
    this.requestUpdate();
  }

  readonly #onInput = (event: Event): void => {
    const input = event.target as HTMLInputElement;
    if (this.#voices?.input(input) || input.type !== 'search') return;
    this.#state.wishes = { ...this.#state.wishes, q: input.value };
    history.replaceState(history.state, '', wishesHref(this.#state.wishes));
    this.requestUpdate();
  };

  readonly #onSubmit = (event: SubmitEvent): void => {
    if ((event.target as HTMLElement).dataset.form !== 'search' || !this.#state.finder) return;
    event.preventDefault();
    this.querySelector<HTMLInputElement>('[type=search]')?.blur();
    this.#state.later?.keeping.act('remember-search', this, this.#state);
  };

  /** From the map: a pin was tapped. */
  select(id: string): void {
    this.#state.selected = id;
    this.requestUpdate();
  }

  locateFromMap(): void {
    this.#touched = false;
    void this.#locator.locate();
  }

  mapFailed(reason: 'no-webgl' | 'not-fetched'): void {
    this.#state.mapFailure = reason;
    this.requestUpdate();
  }

  readonly #onTouch = (): void => {
    this.#touched = true;
  };

  readonly #onWide = (): void => {
    this.#state.isWide = this.#wide.matches;
    this.requestUpdate();
  };

  readonly #onNetwork = (): void => {
    this.#state.isOnline = navigator.onLine;
    this.requestUpdate();
    if (navigator.onLine) void this.#loader.load();
  };

  readonly #onVisible = (): void => {
    if (document.hidden) return;
    this.#ask({ mayReorder: false });
    void this.#loader.load();
  };
}

/** A tab that the phone had put aside comes back with the page of then. */
function isFresh(): boolean {
  const [visit] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
  return visit?.type !== 'back_forward';
}

function readStart(): StartState {
  return JSON.parse(document.getElementById('state')?.textContent ?? '') as StartState;
}

const PLACE_PATH = /^\/p\/([A-Za-z0-9-]{3,40})$/;

function placeIdIn(pathname: string): string | null {
  return PLACE_PATH.exec(pathname)?.[1] ?? null;
}
