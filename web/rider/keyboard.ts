// What a keyboard and a screen reader need beyond links and buttons: a new screen begins at its heading, the way back ends
// where it began, what vanishes does not take the focus along, and Escape closes.

export class Keyboard {
  private readonly _root: HTMLElement;
  /** What has the focus, and what it stands in, from the inside out. */
  private _line: HTMLElement[] = [];

  constructor(root: HTMLElement) {
    this._root = root;
    this._remember(document.activeElement);
    root.addEventListener('focusin', ({ target }) => {
      this._remember(target);
      // In a line that scrolls sideways browsers leave it half hidden. Not under a finger, which would miss it.
      const chip = (target as HTMLElement).closest<HTMLElement>('.kinds > a:focus-visible, .needs > a:focus-visible');
      chip?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    });
    document.addEventListener('keydown', (event) => {
      if (event.key === 'Escape' && !event.isComposing && !event.defaultPrevented) this._close(event.target);
    });
  }

  /**
   * On a new screen. Typing comes first where there is something to type.
   * @param from the place whose page was left; its row has the focus again
   */
  begin(from: string | null): void {
    const row = from === null ? null : this._root.querySelector<HTMLElement>(`a[data-place="${from}"]`);
    const own = this._root.querySelector<HTMLElement>('[type=search]') ?? row;
    if (own) own.focus({ preventScroll: true });
    else focusOn(this._heading);
  }

  /** After the screen was drawn anew. */
  keep(): void {
    const [last] = this._line;
    if (document.activeElement !== document.body || !last || last.isConnected) return;
    const href = last.getAttribute('href');
    // The app's own for the server's; a link that was followed has none.
    const twin =
      href === null || href === location.pathname + location.search
        ? null
        : this._root.querySelector<HTMLElement>(`a[href="${CSS.escape(href)}"]`);
    if (twin) twin.focus({ preventScroll: true });
    else focusOn(this._line.find((each) => each.isConnected && each.getClientRects().length > 0) ?? this._heading);
  }

  private get _heading(): HTMLElement | null {
    return this._root.querySelector<HTMLElement>('h1') ?? this._root.querySelector<HTMLElement>('#main');
  }

  private _remember(target: EventTarget | null): void {
    this._line = [];
    for (let each = target; each instanceof HTMLElement && !each.matches('.body, .page, yz-rider, body'); ) {
      this._line.push(each);
      each = each.parentElement;
    }
  }

  /** Escape first empties a field; then it goes where 返回 goes, and from the phone's map to the list. */
  private _close(target: EventTarget | null): void {
    if (target instanceof HTMLInputElement && target.value !== '') return;
    this._root.querySelector<HTMLElement>('[data-act=back], .app[data-view=map] .nav [data-view=near]')?.click();
  }
}

function focusOn(target: HTMLElement | null): void {
  if (!target) return;
  target.tabIndex = -1;
  target.focus({ preventScroll: true });
}
