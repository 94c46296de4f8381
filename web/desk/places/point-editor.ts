// <yz-desk-point-editor>: where a place is, by arrow keys (1 m, Shift 10 m), by coordinates, or dragged here or on the
// map. The old position stays in sight, with how far the new one is from it. Says `point-moved` {point}.

import { html, nothing, svg, type TemplateResult } from 'lit';
import { metresBetween, type PlaceKind, type Point } from '../../../data/place.ts';
import { pinMark } from '../../pages/pin.ts';
import { DeskElement } from '../desk-element.ts';
import { button, icon, textField } from '../pieces.ts';
import { movedBy, movedText, offsetMetres } from './editing.ts';

const tags = { html, svg };
/** The picture is so many metres wide and high at least; farther moves draw it smaller. */
const LEAST_METRES = 60;
const STEPS: Readonly<Record<string, readonly [east: number, north: number]>> = {
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
};
const ARROWS = [
  { key: 'ArrowUp', label: '向北 1 米', icon: 'up' },
  { key: 'ArrowLeft', label: '向西 1 米', icon: 'back' },
  { key: 'ArrowRight', label: '向东 1 米', icon: 'right' },
  { key: 'ArrowDown', label: '向南 1 米', icon: 'down' },
] as const;

export class PointEditor extends DeskElement {
  static override properties = {
    kind: { attribute: false },
    original: { attribute: false },
    point: { attribute: false },
    entrance: { attribute: false },
    fallback: { attribute: false },
    errors: { attribute: false },
  };

  declare kind: PlaceKind;
  /** Where it was; null for a new place. */
  declare original: Point | null;
  declare point: Point | null;
  declare entrance: Point | null;
  /** Where a new place begins to be looked for. */
  declare fallback: Point;
  declare errors: Readonly<Record<string, string>>;
  #undo: Point[] = [];
  #dragFrom: { x: number; y: number; point: Point } | null = null;

  constructor() {
    super();
    this.original = null;
    this.point = null;
    this.entrance = null;
    this.errors = {};
  }

  protected override render(): TemplateResult {
    const { point, original } = this;
    if (!point) {
      return html`<p class="field-hint">新点位还没有位置。</p>${button({ label: '放到地图上', icon: 'place', onPress: () => this.#begin() })}${this.#renderFields(this.fallback)}`;
    }
    const moved = original ? movedText(original, point) : null;
    return html`<div class="point-pad">
        <div
          class="point-stage" id="f-point" tabindex="0" role="application" aria-roledescription="移动位置"
          aria-label="位置。方向键移动 1 米，按住 Shift 移动 10 米" aria-describedby="point-said"
          @keydown=${this.#onKey} @pointerdown=${this.#onDown} @pointermove=${this.#onDrag} @pointerup=${this.#onUp}
        >${this.#renderPicture(point)}</div>
        <div class="point-arrows">${ARROWS.map(
          (each) =>
            html`<button type="button" class="button" data-key=${each.key} aria-label=${each.label} @click=${(event: MouseEvent) => this.#step(each.key, event.shiftKey)}>${icon(each.icon)}</button>`,
        )}
          <button type="button" class="button" data-key="undo" aria-label="退回一步" aria-disabled=${this.#undo.length === 0 ? 'true' : nothing} @click=${this.#back}>${icon('undo')}</button>
        </div>
      </div>
      <p id="point-said" class="point-said small ${moved ? 'tone-ok' : 'muted'}" role="status">${moved ?? (original ? '没有移动' : '新位置')}</p>
      <p class="field-hint"><kbd>←</kbd> <kbd>→</kbd> <kbd>↑</kbd> <kbd>↓</kbd> 移 1 米，加 <kbd>Shift</kbd> 移 10 米，也可以拖</p>
      ${this.#renderFields(point)}`;
  }

  #renderFields(point: Point): TemplateResult {
    const set = (at: 0 | 1) => (text: string) => {
      const degrees = Number(text);
      if (text.trim() === '' || Number.isNaN(degrees)) return;
      this.#move(at === 0 ? [degrees, point[1]] : [point[0], degrees]);
    };
    const error = (at: 0 | 1) => this.errors[`f-point-${at}`] ?? (at === 0 ? this.errors['f-point'] : undefined);
    return html`<div class="fields-row">
      ${textField({ id: 'f-point-0', label: '经度', inputmode: 'decimal', value: point[0].toFixed(6), error: error(0), onInput: set(0) })}
      ${textField({ id: 'f-point-1', label: '纬度', inputmode: 'decimal', value: point[1].toFixed(6), error: error(1), onInput: set(1) })}
    </div>`;
  }

  /** Around the old position, north above; grid lines 10 metres apart. */
  #renderPicture(point: Point): TemplateResult {
    const centre = this.original ?? point;
    const reach = this.#reachMetres(point);
    const at = (other: Point) => {
      const { east, north } = offsetMetres(centre, other);
      return { x: (east / reach) * 100, y: (-north / reach) * 100 };
    };
    const now = at(point);
    const step = reach > 200 ? 100 : 10;
    const lines = Array.from(
      { length: Math.floor(reach / step) * 2 + 1 },
      (_, i) => ((i - Math.floor(reach / step)) * step * 100) / reach,
    );
    const entrance = this.entrance && metresBetween(centre, this.entrance) < reach * 1.4 ? at(this.entrance) : null;
    return html`<svg viewBox="-100 -62 200 124" preserveAspectRatio="xMidYMid slice" aria-hidden="true">
      ${lines.map((line) => svg`<path class="point-grid" d="M${line} -100V100M-100 ${line}H100"></path>`)}
      <text class="point-scale" x="-94" y="-52">每格 ${step} 米</text>
      ${this.original && (now.x !== 0 || now.y !== 0) ? svg`<circle class="point-old" r="7"></circle><path class="point-way" d="M0 0L${now.x} ${now.y}"></path><text class="point-scale" x="9" y="16">原位置</text>` : nothing}
      ${entrance ? svg`<circle class="point-entrance" cx=${entrance.x} cy=${entrance.y} r="3.5"></circle><text class="point-scale" x=${entrance.x + 6} y=${entrance.y + 3}>入口</text>` : nothing}
      <g transform="translate(${now.x} ${now.y}) scale(.62)">${pinMark(tags, { kind: this.kind })}</g>
    </svg>`;
  }

  #reachMetres(point: Point): number {
    const metres = this.original ? metresBetween(this.original, point) : 0;
    return Math.max(LEAST_METRES / 2, metres * 1.6);
  }

  readonly #onKey = (event: KeyboardEvent): void => {
    if (event.key in STEPS) {
      event.preventDefault();
      this.#step(event.key, event.shiftKey);
    } else if (event.key === 'z' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      this.#back();
    }
  };

  #begin(): void {
    this.#move(this.fallback);
    void this.focusOn('.point-stage');
  }

  #step(key: string, isFar: boolean): void {
    const step = STEPS[key];
    if (!step || !this.point) return;
    const metres = isFar ? 10 : 1;
    this.#move(movedBy(this.point, step[0] * metres, step[1] * metres));
  }

  readonly #onDown = (event: PointerEvent): void => {
    if (!this.point || event.button !== 0) return;
    (event.currentTarget as HTMLElement).setPointerCapture(event.pointerId);
    this.#dragFrom = { x: event.clientX, y: event.clientY, point: this.point };
    this.#undo.push(this.point);
  };

  readonly #onDrag = (event: PointerEvent): void => {
    const from = this.#dragFrom;
    if (!from || !this.point) return;
    const stage = event.currentTarget as HTMLElement;
    // The picture is 200 units wide, 100 of them are its reach.
    const metresPerPixel = (2 * this.#reachMetres(this.point)) / Math.max(stage.clientWidth, stage.clientHeight * 1.6);
    const point = movedBy(
      from.point,
      (event.clientX - from.x) * metresPerPixel,
      (from.y - event.clientY) * metresPerPixel,
    );
    this.point = point;
    this.say('point-moved', { point });
  };

  readonly #onUp = (): void => {
    const from = this.#dragFrom;
    this.#dragFrom = null;
    if (from && this.point === from.point) this.#undo.pop();
  };

  readonly #back = (): void => {
    const before = this.#undo.pop();
    if (!before) return;
    this.point = before;
    this.say('point-moved', { point: before });
  };

  #move(point: Point): void {
    if (this.point) this.#undo.push(this.point);
    this.point = point;
    this.say('point-moved', { point });
  }

  /** Dropped on the map. */
  moveTo(point: Point): void {
    this.#move(point);
  }
}

customElements.define('yz-desk-point-editor', PointEditor);
