// <yz-desk>: the desk as a whole. It asks who is there, shows the way about, and brings the room that the address names.
// When a session has ended it asks again in place, over the room, so that a half-filled form stays as it is.

import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { type Account, ROLE_LABELS } from '../../data/account.ts';
import { ClientError } from '../client.ts';
import { DESK_ENTRANCES, type DeskEntrance, type DeskRoomName, deskPathOf, roomsFor } from '../pages/desk-rooms.ts';
import type { DeskStart } from '../pages/desk-state.ts';
import { ask, ProblemError } from './asking.ts';
import { type RoomCounts, readCounts } from './counts.ts';
import { Desk } from './desk.ts';
import { DeskElement, type RoomElement } from './desk-element.ts';
import { deviceHeaders } from './device.ts';
import { AskAgain } from './entrance/ask-again.ts';
import { failure, icon } from './pieces.ts';
import { ENTRANCE_PARTS, ROOM_PARTS } from './rooms.ts';
import type { SignedInAnswer } from './shapes.ts';

/** The server ends a session that was idle so long: whoever comes back is told at once, not at the next act. */
const IDLE_MS = 30 * 60_000;

type Entry = DeskElement & { start: DeskStart; next: string };

export class DeskApp extends DeskElement {
  static override properties = {
    _desk: { state: true },
    _room: { state: true },
    _counts: { state: true },
    _failure: { state: true },
  };

  declare private _desk: Desk | null;
  declare private _room: HTMLElement | null;
  declare private _counts: RoomCounts;
  declare private _failure: string | null;
  readonly #start: DeskStart;
  readonly #again = new AskAgain();
  /** The address at which the room was last left unhindered. */
  #href = location.href;
  #lastActMs = Date.now();

  constructor() {
    super();
    this.#start = JSON.parse(document.getElementById('state')?.textContent ?? '') as DeskStart;
    this._desk = null;
    this._room = null;
    this._counts = {};
    this._failure = null;
    this.replaceChildren();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.addEventListener('click', this.#onClick);
    addEventListener('popstate', this.#onPop);
    addEventListener('beforeunload', this.#onUnload);
    document.addEventListener('visibilitychange', this.#onVisible);
    for (const type of ['pointerdown', 'keydown']) addEventListener(type, this.#onAct, { passive: true });
    void this.#open();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener('popstate', this.#onPop);
    removeEventListener('beforeunload', this.#onUnload);
    document.removeEventListener('visibilitychange', this.#onVisible);
    for (const type of ['pointerdown', 'keydown']) removeEventListener(type, this.#onAct);
  }

  protected override render(): TemplateResult {
    if (this._failure !== null) {
      return html`<main id="main" class="desk-opening">${failure(this._failure, () => void this.#open())}</main>`;
    }
    if (!this._desk) return html`${this._room ?? html`<main id="main" class="desk-opening" aria-busy="true"></main>`}`;
    return html`<div class="desk-frame">${this.#renderNav(this._desk.account)}${this._room}</div>${this.#again.element}`;
  }

  #renderNav({ role, displayName }: Account): TemplateResult {
    const here = deskPathOf(location.pathname);
    return html`<nav class="desk-nav" aria-label="管理台">
      <a class="desk-logo" href="/desk">${icon('house', 'normal')}<span>驿站管理台</span></a>
      <ul>${roomsFor(role).map((room) => {
        const isHere = room.href === (here?.room === 'home' ? '/desk' : `/desk/${here?.room}`);
        const count = this._counts[room.name];
        return html`<li><a href=${room.href} aria-current=${isHere ? 'page' : nothing}>${icon(room.icon)}${room.label}${
          count === undefined || count === 0
            ? nothing
            : html`<span class="desk-count">${count}<span class="visually-hidden"> 件</span></span>`
        }</a></li>`;
      })}</ul>
      <div class="desk-me">
        <a href="/desk/settings">${displayName}</a>
        <span class="muted small">${areaName(this.#start, this._desk?.account)}${ROLE_LABELS[role]}</span>
        <button type="button" class="button button-quiet" @click=${this.#leave}>${icon('leave')}退出登录</button>
      </div>
    </nav>`;
  }

  protected override updated(changed: PropertyValues): void {
    // Whoever came here by the keyboard goes on from the room's head, not from where they were.
    if (changed.has('_room') && changed.get('_room')) void this.#focusRoom(this._room);
  }

  async #focusRoom(room: HTMLElement | null): Promise<void> {
    await (room as Partial<RoomElement> | null)?.updateComplete;
    room?.querySelector<HTMLElement>('h1')?.focus();
  }

  /** Asks who is there, then enters. */
  async #open(): Promise<void> {
    this._failure = null;
    const path = deskPathOf(location.pathname);
    const entrance = DESK_ENTRANCES.find((each) => each === path?.room);
    try {
      if (entrance) return await this.#enterEntrance(entrance);
      const { body } = await ask<SignedInAnswer>('GET', '/api/session', { headers: deviceHeaders() });
      await this.#welcome(body);
    } catch (error) {
      if (error instanceof ProblemError && error.status === 401) {
        const next = location.pathname + location.search;
        history.replaceState(null, '', `/desk/sign-in?next=${encodeURIComponent(next)}`);
        await this.#enterEntrance('sign-in');
      } else if (error instanceof ProblemError || error instanceof ClientError) {
        this._failure = error instanceof ProblemError ? error.message : '没有连上服务器';
      } else throw error;
    }
  }

  async #welcome(session: SignedInAnswer): Promise<void> {
    this._desk = new Desk({
      start: this.#start,
      session,
      doorkeeper: this.#again.for(session),
      go: (href, how) => void this.#go(href, how),
      changed: () => void this.#count(),
    });
    await this.#enter();
  }

  async #enterEntrance(name: DeskEntrance): Promise<void> {
    const { tag, load } = ENTRANCE_PARTS[name];
    await load();
    const entry = document.createElement(tag) as Entry;
    entry.start = this.#start;
    entry.next = nextOf(location.search);
    // Into another document: nothing of before the sign-in is left in this one.
    entry.addEventListener('signed-in', () => location.replace(entry.next));
    this._room = entry;
  }

  async #enter(): Promise<void> {
    const desk = this._desk;
    if (!desk) return;
    const path = deskPathOf(location.pathname);
    const rooms = roomsFor(desk.account.role);
    const href = path?.room === 'home' ? '/desk' : `/desk/${path?.room}`;
    const room = path && rooms.find((each) => each.href === href);
    if (!room) this._room = await this.#nowhere(path !== null);
    else await this.#enterRoom(desk, room.name, path.item);
    this.#href = location.href;
    document.title = `${room?.label ?? '没有这一页'} · ${this.#start.city.title}管理台`;
    this.requestUpdate();
    void this.#count();
  }

  async #enterRoom(desk: Desk, name: DeskRoomName, item: string | null): Promise<void> {
    const { tag, load } = ROOM_PARTS[name];
    try {
      await load();
    } catch {
      this._failure = '这一页没有取下来';
      return;
    }
    const isSame = this._room?.localName === tag;
    const room = (isSame ? this._room : document.createElement(tag)) as RoomElement;
    Object.assign(room, { desk, item, query: location.search.slice(1) });
    this._room = room;
  }

  async #nowhere(isRoom: boolean): Promise<HTMLElement> {
    const main = document.createElement('main');
    main.id = 'main';
    main.className = 'desk-room';
    const title = Object.assign(document.createElement('h1'), {
      textContent: isRoom ? '这一页不归你管' : '没有这一页',
    });
    const back = Object.assign(document.createElement('a'), { href: '/desk', textContent: '回到首页' });
    main.append(title, back);
    return main;
  }

  async #count(): Promise<void> {
    if (this._desk) this._counts = await readCounts(this._desk);
  }

  /** Into another room, or another state of this one. What is not saved is asked about first. */
  async #go(href: string, how: 'push' | 'replace'): Promise<void> {
    const url = new URL(href, location.href);
    if (how === 'push' && url.pathname !== location.pathname && !this.#mayLeave()) return;
    if (how === 'push') history.pushState(null, '', url);
    else history.replaceState(null, '', url);
    await this.#enter();
  }

  #mayLeave(): boolean {
    const question = this.#unsaved;
    return question === null || confirm(question);
  }

  get #unsaved(): string | null {
    return (this._room as Partial<RoomElement> | null)?.unsaved ?? null;
  }

  readonly #onClick = (event: MouseEvent): void => {
    const link = (event.target as Element).closest<HTMLAnchorElement>('a[href]');
    const isPlain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
    if (!link || !isPlain || event.defaultPrevented || !this._desk) return;
    const { origin, pathname } = new URL(link.href);
    if (origin !== location.origin || link.target || link.hasAttribute('download')) return;
    const path = deskPathOf(pathname);
    if (!path || DESK_ENTRANCES.some((each) => each === path.room)) return;
    event.preventDefault();
    void this.#go(link.href, 'push');
  };

  readonly #onPop = (): void => {
    if (new URL(this.#href).pathname !== location.pathname && !this.#mayLeave()) {
      history.pushState(null, '', this.#href);
      return;
    }
    void this.#enter();
  };

  readonly #onUnload = (event: BeforeUnloadEvent): void => {
    if (this.#unsaved !== null) event.preventDefault();
  };

  readonly #onAct = (): void => {
    this.#lastActMs = Date.now();
  };

  readonly #onVisible = (): void => {
    if (document.hidden || !this._desk || Date.now() - this.#lastActMs < IDLE_MS) return;
    this.#lastActMs = Date.now();
    // Asks in place where the session has ended meanwhile.
    void this.#count();
  };

  readonly #leave = async (): Promise<void> => {
    if (!this.#mayLeave()) return;
    // Ended already is as good as ended now.
    await ask('DELETE', '/api/session').catch(() => undefined);
    this._room = null;
    location.assign('/desk/sign-in');
  };
}

/** Only within the desk: an address must not lead a signed-in person elsewhere. */
function nextOf(search: string): string {
  const next = new URLSearchParams(search).get('next') ?? '/desk';
  const path = URL.canParse(next, location.origin) ? new URL(next, location.origin) : null;
  const isDesk = path?.origin === location.origin && deskPathOf(path.pathname) !== null;
  const isEntrance = DESK_ENTRANCES.some((each) => each === (path && deskPathOf(path.pathname)?.room));
  return path && isDesk && !isEntrance ? path.pathname + path.search : '/desk';
}

function areaName({ city }: DeskStart, account: Account | undefined): string {
  if (!account?.areaCode) return '';
  return `${city.districts.find((each) => each.code === account.areaCode?.slice(0, 6))?.name ?? ''} `;
}
