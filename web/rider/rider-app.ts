// <yz-rider>: the rider's app. It takes over the markup that the server wrote, ranks on the phone, and keeps what can be
// shared in the URL. Events of its pages are delegated here: links say where to, `data-act` says what.

import { html, LitElement, render, svg } from 'lit';
import { type CoreDocument, readCore } from '../../data/core.ts';
import type { DetailsDocument } from '../../data/details.ts';
import { ClientError, getJson } from '../client.ts';
import type { Tags } from '../pages/html.ts';
import { notices } from '../pages/notices.ts';
import type { Manifest, StartState } from '../pages/start-state.ts';
import type { Schematic } from '../pages/surroundings.ts';
import { readWishes, type Wishes, wishesHref } from '../pages/wishes.ts';
import { Finder } from './finder.ts';
import { canLocate, keptFix } from './location.ts';
import { Locator } from './locator.ts';
import { MapHolder } from './map-holder.ts';
import { originOf, type RiderState } from './rider-state.ts';
import { screen } from './screens.ts';

const tags: Tags = { html: html as Tags['html'], svg: svg as unknown as Tags['svg'] };
/** A phone's clock this far off is not believed. */
const CLOCK_SLACK_MS = 90_000;
const TICK_MS = 30_000;
const REFRESH_MS = 5 * 60_000;

export class RiderApp extends LitElement {
  readonly #state: RiderState;
  readonly #map = new MapHolder(this);
  readonly #locator: Locator;
  readonly #wide = matchMedia('(min-width: 900px)');
  readonly #clockSkewMs: number;
  #isTaken = false;
  #touched = false;
  #loadedVersion = '';

  constructor() {
    super();
    const start = readStart();
    const skew = start.nowMs - Date.now();
    this.#clockSkewMs = Math.abs(skew) > CLOCK_SLACK_MS ? skew : 0;
    const wishes = readWishes(new URLSearchParams(location.search));
    this.#state = {
      start,
      wishes,
      placeId: placeIdIn(location.pathname),
      needsFirst: [...wishes.services, ...(wishes.allDay ? (['allDay'] as const) : [])],
      finder: null,
      later: null,
      details: null,
      schematic: [],
      fix: null,
      location: canLocate() ? 'unasked' : 'impossible',
      canLocate: canLocate(),
      isOnline: navigator.onLine,
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
    setInterval(() => void this.#load(), REFRESH_MS);
    history.scrollRestoration = 'manual';
    void this.#load();
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
  }

  // ── Data ──────────────────────────────────────────────────────────────────────────────────────────────────────────

  async #load(): Promise<void> {
    const state = this.#state;
    try {
      const manifest = state.finder ? await getJson<Manifest>('/api/snapshot') : state.start.manifest;
      if (manifest.version !== this.#loadedVersion) {
        const [document, later] = await Promise.all([getJson<CoreDocument>(manifest.coreUrl), importLater()]);
        state.finder = new Finder(readCore(document));
        state.later = later;
        state.details = null;
        this.#loadedVersion = manifest.version;
        state.start = { ...state.start, manifest };
        this.#ask({ mayReorder: !this.#touched });
        if (state.placeId !== null) void this.#loadDetails();
      }
      state.hasLoadError = false;
      state.isOnline = true;
    } catch (error) {
      if (!(error instanceof ClientError)) throw error;
      state.hasLoadError = error.reason === 'server' || navigator.onLine;
      state.isOnline = error.reason === 'server' || navigator.onLine;
      if (!state.finder) this.#sayLoadFailed();
    }
    this.requestUpdate();
    if (state.finder && state.schematic.length === 0) void this.#loadSchematic();
  }

  /** Over the server's page, which still answers. */
  #sayLoadFailed(): void {
    const place = this.querySelector<HTMLElement>('.notices');
    if (!place) return;
    place.replaceChildren();
    const text = '附近的点位没取到，下面是打开网页时的结果';
    render(notices(tags, [{ kind: 'error', text }]), place);
  }

  async #loadSchematic(): Promise<void> {
    const { schematicUrl } = this.#state.start;
    if (schematicUrl === null) return;
    try {
      this.#state.schematic = (await getJson<{ features: Schematic }>(schematicUrl)).features;
      this.requestUpdate();
    } catch (error) {
      // The picture stays plain; the answer does not need it.
      if (!(error instanceof ClientError)) throw error;
    }
  }

  async #loadDetails(): Promise<void> {
    const state = this.#state;
    if (state.details) return;
    try {
      state.details = await getJson<DetailsDocument>(state.start.manifest.detailsUrl);
    } catch (error) {
      if (!(error instanceof ClientError)) throw error;
      state.details = undefined;
    }
    this.requestUpdate();
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
    this.requestUpdate();
  }

  /** Milliseconds by the server's clock. */
  now(): number {
    return Date.now() + this.#clockSkewMs;
  }

  readonly #tick = (): void => {
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
    const before = { view: state.wishes.view, placeId: state.placeId };
    const placeId = placeIdIn(location.pathname);
    if (placeId !== null && state.finder && state.finder.core.indexOf(placeId) === undefined) {
      // Not in this phone's snapshot: the server may know it, or say what became of it.
      location.reload();
      return;
    }
    state.placeId = placeId;
    state.said = null;
    if (placeId === null) state.wishes = readWishes(new URLSearchParams(location.search));
    else void this.#loadDetails();
    const hasNewScreen = before.view !== state.wishes.view || before.placeId !== state.placeId;
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
        void this.#load();
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
        void this.#handOn('copy', target.dataset.text ?? '');
        return true;
      default:
        return false;
    }
  }

  #useMyPosition(): void {
    const wishes: Wishes = { ...this.#state.wishes, area: null, view: 'near' };
    this.#touched = false;
    if (this.#state.wishes.area !== null || this.#state.wishes.view !== 'near') this.#go(wishesHref(wishes), 'replace');
    void this.#locator.locate();
  }

  async #handOn(how: 'share' | 'copy', text: string): Promise<void> {
    const sharing = await import('./sharing.ts');
    const url = `${location.origin}${location.pathname}`;
    this.#state.said =
      how === 'share' ? await sharing.share(url, document.title) : await sharing.copy(text, '地址已复制');
    this.requestUpdate();
  }

  readonly #onInput = (event: Event): void => {
    const input = event.target as HTMLInputElement;
    if (input.type !== 'search') return;
    this.#state.wishes = { ...this.#state.wishes, q: input.value };
    history.replaceState(history.state, '', wishesHref(this.#state.wishes));
    this.requestUpdate();
  };

  readonly #onSubmit = (event: SubmitEvent): void => {
    if ((event.target as HTMLElement).dataset.form !== 'search' || !this.#state.finder) return;
    event.preventDefault();
    this.querySelector<HTMLInputElement>('[type=search]')?.blur();
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
    if (navigator.onLine) void this.#load();
  };

  readonly #onVisible = (): void => {
    if (document.hidden) return;
    this.#ask({ mayReorder: false });
    void this.#load();
  };
}

/** @throws ClientError when it could not be fetched */
async function importLater(): Promise<typeof import('./later-screens.ts')> {
  try {
    return await import('./later-screens.ts');
  } catch {
    throw new ClientError('network', 'the other screens could not be fetched');
  }
}

function readStart(): StartState {
  return JSON.parse(document.getElementById('state')?.textContent ?? '') as StartState;
}

const PLACE_PATH = /^\/p\/([A-Za-z0-9-]{3,40})$/;

function placeIdIn(pathname: string): string | null {
  return PLACE_PATH.exec(pathname)?.[1] ?? null;
}
