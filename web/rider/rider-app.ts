// <yz-rider>: the rider's app. It takes over the markup that the server wrote, ranks on the phone, and keeps what can be
// shared in the URL. Events of its pages are delegated here: links say where to, `data-act` says what.

import { html, render, svg } from 'lit/html.js';
import type { Tags } from '../pages/html.ts';
import { notices } from '../pages/notices.ts';
import { readWishes, type Wishes, wishesHref } from '../pages/wishes.ts';
import { breath } from './breath.ts';
import { ServerClock } from './clock.ts';
import { firstState, placeIdIn } from './first-state.ts';
import { Keyboard } from './keyboard.ts';
import { Loader } from './loader.ts';
import { Locator } from './locator.ts';
import { MapHolder } from './map-holder.ts';
import { readPlacePart } from './place-part.ts';
import { originOf, type RiderState } from './rider-state.ts';
import { SHARES, type Share, screen } from './screens.ts';
import type { VoicesUi } from './voices-ui.ts';

const tags: Tags = { html: html as Tags['html'], svg: svg as unknown as Tags['svg'] };
const TICK_MS = 30_000;

/** No LitElement: it has no properties, and takes up what the server drew; Lit's templates are all that it needs. */
export class RiderApp extends HTMLElement {
  private readonly _state: RiderState;
  private readonly _map = new MapHolder(this);
  private readonly _locator: Locator;
  private readonly _wide = matchMedia('(min-width: 900px)');
  private readonly _clock = new ServerClock();
  private readonly _loader: Loader;
  private readonly _keyboard = new Keyboard(this);
  /** The screen comes into being beside the server's page, and takes its place when it is whole. */
  private readonly _stage = document.createElement('div');
  private _isStaged = false;
  private _drawing: Promise<void> | undefined;
  private _isTaken = false;
  private _touched = false;
  private _voices: VoicesUi | undefined;

  constructor() {
    super();
    this._state = firstState(this._clock, this._wide.matches);
    this._locator = new Locator(this._state, this);
    this._loader = new Loader(this._state, this._clock, this);
  }

  connectedCallback(): void {
    this.addEventListener('click', this._onClick);
    this.addEventListener('input', this._onInput);
    this.addEventListener('submit', this._onSubmit);
    addEventListener('popstate', this._onPopState);
    addEventListener('online', this._onNetwork);
    addEventListener('offline', this._onNetwork);
    document.addEventListener('visibilitychange', this._onVisible);
    for (const type of ['pointerdown', 'keydown', 'wheel'] as const) {
      addEventListener(type, this._onTouch, { passive: true });
    }
    this._wide.addEventListener('change', this._onWide);
    setInterval(this._tick, TICK_MS);
    history.scrollRestoration = 'manual';
    void this._loader.load();
    void this._locator.locateIfAllowed();
  }

  /** Draws the page anew, once for all that changes in a task. Ends when it is drawn. */
  requestUpdate(): Promise<void> {
    this._drawing ??= Promise.resolve().then(() => {
      this._drawing = undefined;
      if (this._isStaged && this._draw('all')) this._drawn();
    });
    return this._drawing;
  }

  /** @returns false where the server's page is the better one */
  private _draw(share: Share): boolean {
    const { finder, later, placeId } = this._state;
    if (!finder || !later) return false;
    // A place that this snapshot does not have: the server's page says what became of it.
    if (placeId !== null && finder.core.indexOf(placeId) === undefined) return false;
    render(screen(tags, this._state, finder, this._map.element, share), this._stage);
    return true;
  }

  private _drawn(): void {
    if (!this._isTaken) {
      // What Lit has drawn it goes on drawing, wherever it stands.
      this.replaceChildren(...this._stage.childNodes);
      this._isTaken = true;
    }
    this.dataset.ready = '';
    this._keyboard.keep();
    this._map.update(this._state);
    // What was typed hides the attribute: a search of before would not show in its field.
    const input = this.querySelector<HTMLInputElement>('[type=search]');
    if (input && input.value !== this._state.wishes.q) input.value = this._state.wishes.q;
  }

  // ── Data ──────────────────────────────────────────────────────────────────────────────────────────────────────────

  sayLoadFailed(): void {
    const isKeptPage = this._state.start.manifest === null;
    this._sayFailed(
      isKeptPage ? '没有网络，手机里也还没存过点位。联网后再试' : '附近的点位没取到，下面是打开网页时的结果',
    );
  }

  /** Over the server's page, which still answers. */
  private _sayFailed(text: string): void {
    const place = this.querySelector<HTMLElement>('.notices');
    if (!place) return;
    // Lit keeps what it knows of an element: a second word gets one of its own.
    const room = document.createElement('div');
    place.replaceChildren(room);
    render(notices(tags, [{ kind: 'error', text }]), room);
  }

  async loaded(): Promise<void> {
    this._voices ??= this._state.later?.openVoices(this._state, {
      now: () => this.now(),
      go: (href, how) => this._go(href, how),
      requestUpdate: () => this.requestUpdate(),
      refresh: () => this._loader.load(),
    });
    this._ask({ mayReorder: !this._touched });
    await this._takeOver();
    // The kept page says nothing by itself of a place that the kept data do not have.
    const { start, placeId, finder } = this._state;
    const isMissing = placeId !== null && finder?.core.indexOf(placeId) === undefined;
    if (isMissing && start.nowMs === null) this._sayFailed('手机里没有这个点位。联网后再试');
  }

  /** In steps, as it was read. */
  private async _takeOver(): Promise<void> {
    if (this._isStaged) return;
    for (const share of SHARES) {
      await breath();
      if (share !== 'all') this._draw(share);
    }
    this._isStaged = true;
    await this.requestUpdate();
  }

  /** Ends when the map is not on its way, or has come. */
  settled(): Promise<unknown> {
    return this._map.settled();
  }

  private _ask({ mayReorder }: { mayReorder: boolean }): void {
    const state = this._state;
    const { finder, wishes } = state;
    state.nowMs = this.now();
    if (!finder) return;
    const { kinds, services, open, allDay, count } = wishes;
    const origin = originOf(state, finder.core.city).point;
    finder.ask({ origin, kinds, services, open, allDay, count, nowMs: state.nowMs }, mayReorder);
    if (mayReorder) this._touched = false;
    this._voices?.arrive();
    void this.requestUpdate();
  }

  /** Milliseconds by the server's clock. */
  now(): number {
    return this._clock.now();
  }

  private readonly _tick = (): void => {
    this._clock.keep();
    if (!document.hidden) this._ask({ mayReorder: false });
  };

  /** The phone has moved. */
  moved(): void {
    this._ask({ mayReorder: !this._touched });
  }

  // ── Where we are in the app ───────────────────────────────────────────────────────────────────────────────────────

  private _go(href: string, how: 'push' | 'replace'): void {
    const depth = Number(history.state?.depth ?? 0);
    history.replaceState({ ...history.state, scroll: this._scroller.scrollTop }, '');
    if (how === 'push') history.pushState({ depth: depth + 1 }, '', href);
    else history.replaceState({ depth }, '', href);
    this._arrive(0);
  }

  /** Takes up what the URL says. */
  private _arrive(scroll: number): void {
    const state = this._state;
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
    else void this._loader.loadDetails();
    state.later?.keeping.arrive(state, before.wishes);
    const isSamePlace = before.placeId === state.placeId && before.part === state.part.kind;
    const hasNewScreen = before.view !== state.wishes.view || !isSamePlace;
    this._ask({ mayReorder: true });
    void this.requestUpdate().then(() => {
      if (!hasNewScreen) return;
      this._scroller.scrollTop = scroll;
      this._keyboard.begin(state.placeId === null ? before.placeId : null);
      const title = this.querySelector('h1')?.textContent?.trim();
      const city = state.finder?.core.city.title ?? '';
      document.title = title ? `${title} · ${city}` : city;
    });
  }

  private get _scroller(): Element {
    return (this._state.isWide && this.querySelector('.page')) || document.documentElement;
  }

  private readonly _onPopState = (event: PopStateEvent): void => {
    this._arrive(Number((event.state as { scroll?: number } | null)?.scroll ?? 0));
  };

  // ── Events of the pages ───────────────────────────────────────────────────────────────────────────────────────────

  private readonly _onClick = (event: MouseEvent): void => {
    if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey) return;
    const target = (event.target as Element).closest<HTMLElement>('a[href], button[data-act]');
    if (!target) return;
    const act = target.dataset.act;
    if (act !== undefined && this._act(act, target)) event.preventDefault();
    else if (act === undefined && this._follow(target as HTMLAnchorElement)) event.preventDefault();
  };

  /** Own links stay in the app once it has taken over; until then the server answers them. */
  private _follow(link: HTMLAnchorElement): boolean {
    const href = link.getAttribute('href') ?? '';
    if (!href.startsWith('/') || !this._state.finder) return false;
    const isScreen = placeIdIn(link.pathname) !== null || link.pathname === '/';
    if (!isScreen) return false;
    const { place, view } = link.dataset;
    this._state.later?.keeping.follow(this._state, link);
    this._state.selected = place ?? (view === undefined ? null : this._state.selected);
    // Wishes change the list in place; only a new screen is a step that Back undoes.
    this._go(href, place !== undefined || view !== undefined ? 'push' : 'replace');
    return true;
  }

  private _act(act: string, target: HTMLElement): boolean {
    switch (act) {
      case 'back':
        if (Number(history.state?.depth ?? 0) === 0) return this._follow(target as HTMLAnchorElement);
        history.back();
        return true;
      case 'locate':
        this._useMyPosition();
        return true;
      case 'reorder':
        this._state.finder?.takeNewOrder();
        this._touched = false;
        void this.requestUpdate();
        return true;
      case 'retry':
        void this._loader.load();
        return true;
      case 'reload':
        location.reload();
        return true;
      case 'dismiss-letter':
        this._state.dismissLetter(Number(target.dataset.id));
        return true;
      case 'retry-map':
        this._state.mapFailure = null;
        void this.requestUpdate();
        return true;
      case 'forget-position':
        this._locator.forget();
        this._state.location = 'unasked';
        this._ask({ mayReorder: true });
        return true;
      case 'share':
        void this._handOn('share', '');
        return true;
      case 'copy':
        void this._handOn('copy', target.dataset.text ?? '', target.dataset.done);
        return true;
      default:
        if (this._voices?.act(act, target)) return true;
        if (!this._state.later?.keeping.act(act, target, this._state)) return false;
        this._ask({ mayReorder: true });
        return true;
    }
  }

  private _useMyPosition(): void {
    const wishes: Wishes = { ...this._state.wishes, area: null, view: 'near' };
    this._touched = false;
    if (this._state.wishes.area !== null || this._state.wishes.view !== 'near') this._go(wishesHref(wishes), 'replace');
    void this._locator.locate();
  }

  private async _handOn(how: 'share' | 'copy', text: string, done = '地址已复制'): Promise<void> {
    const sharing = await import('./sharing.ts');
    const url = `${location.origin}${location.pathname}`;
    this._state.said = how === 'share' ? await sharing.share(url, document.title) : await sharing.copy(text, done);
    void this.requestUpdate();
  }

  private readonly _onInput = (event: Event): void => {
    const input = event.target as HTMLInputElement;
    if (this._voices?.input(input) || input.type !== 'search') return;
    this._state.wishes = { ...this._state.wishes, q: input.value };
    history.replaceState(history.state, '', wishesHref(this._state.wishes));
    void this.requestUpdate();
  };

  private readonly _onSubmit = (event: SubmitEvent): void => {
    if ((event.target as HTMLElement).dataset.form !== 'search' || !this._state.finder) return;
    event.preventDefault();
    this.querySelector<HTMLInputElement>('[type=search]')?.blur();
    this._state.later?.keeping.act('remember-search', this, this._state);
  };

  /** From the map: a pin was tapped. */
  select(id: string): void {
    this._state.selected = id;
    void this.requestUpdate();
  }

  locateFromMap(): void {
    this._touched = false;
    void this._locator.locate();
  }

  mapFailed(reason: 'no-webgl' | 'not-fetched'): void {
    this._state.mapFailure = reason;
    void this.requestUpdate();
  }

  private readonly _onTouch = (): void => {
    this._touched = true;
  };

  private readonly _onWide = (): void => {
    this._state.isWide = this._wide.matches;
    void this.requestUpdate();
  };

  private readonly _onNetwork = (): void => {
    this._state.isOnline = navigator.onLine;
    void this.requestUpdate();
    if (navigator.onLine) void this._loader.load();
  };

  private readonly _onVisible = (): void => {
    if (document.hidden) return;
    this._ask({ mayReorder: false });
    void this._loader.load();
  };
}
