// The sections of the editor: one function each, from what is edited to its controls.

import { html, nothing, type TemplateResult } from 'lit';
import {
  ACCESS_LABELS,
  ACCESS_WAYS,
  AUDIENCE_LABELS,
  AUDIENCES,
  HOST_LABELS,
  HOSTS,
  PLACE_STATUS_LABELS,
  type PlaceKind,
  type PlaceStatus,
  POSITION_QUALITIES,
  type Point,
} from '../../../data/place.ts';
import { NEXT_STATUSES } from '../../../data/place-edit.ts';
import { PLACE_FIELD_LABELS, type PlaceField } from '../../../data/place-labels.ts';
import type { HoursException } from '../../../data/place-schema.ts';
import {
  SERVICE_CODES,
  SERVICE_LABELS,
  SERVICE_STATE_LABELS,
  SERVICE_STATES,
  type ServiceCode,
  type ServiceState,
} from '../../../data/service.ts';
import type { Desk } from '../desk.ts';
import { button, choiceField, field, textField } from '../pieces.ts';
import { fromLocalInput, toLocalInput } from '../words.ts';
import { type Editing, fieldValue } from './editing.ts';
import { KIND_FIELDS, type KindField } from './kind-fields.ts';
import { QUALITY_LABELS } from './place-words.ts';

export interface EditorView {
  desk: Desk;
  editing: Editing;
  isNew: boolean;
  /** By field id. */
  errors: Readonly<Record<string, string>>;
  set(field: string, value: unknown): void;
}

export const labelOf = (name: string): string => PLACE_FIELD_LABELS[name as PlaceField] ?? name;

function line({ editing, errors, set }: EditorView, name: string, more: { hint?: string } = {}): TemplateResult {
  const id = `f-${name}`;
  const value = fieldValue<string | null>(editing, name) ?? '';
  const isText = name === 'name' || name === 'address' || name === 'eventName';
  const onInput = (text: string) => set(name, text === '' && !isText ? null : text);
  return textField({ id, label: labelOf(name), value, error: errors[id], onInput, ...more });
}

export function basics(view: EditorView): TemplateResult {
  const { editing, errors, set, desk } = view;
  const district = fieldValue<string>(editing, 'district');
  const districts = desk.start.city.districts.map(({ code, name }) => ({ value: code, label: name }));
  const aliases = fieldValue<string[]>(editing, 'aliases') ?? [];
  const hosts = [{ value: '', label: '没写' }, ...HOSTS.map((each) => ({ value: each, label: HOST_LABELS[each] }))];
  return html`${line(view, 'name')}
    ${line(view, 'address')}
    <div class="fields-row">
      ${choiceField({ id: 'f-district', label: labelOf('district'), value: district, choices: districts, error: errors['f-district'], onChange: (code) => set('district', code) })}
      ${choiceField({ id: 'f-host', label: labelOf('host'), value: fieldValue<string | null>(editing, 'host') ?? '', choices: hosts, error: errors['f-host'], onChange: (host) => set('host', host || null) })}
    </div>
    <div class="fields-row">
      ${line(view, 'phone', { hint: '骑手看得到' })}
      ${textField({ id: 'f-aliases', label: labelOf('aliases'), value: aliases.join('、'), error: errors['f-aliases'], hint: '用顿号隔开', onInput: (text) => set('aliases', listOf(text)) })}
    </div>
    <div class="fields-row">${line(view, 'street', { hint: '9 位代码' })}${line(view, 'community', { hint: '12 位代码' })}</div>`;
}

export function services({ editing, errors, set, isNew }: EditorView): TemplateResult {
  const all = fieldValue<{ code: ServiceCode; state: ServiceState }[]>(editing, 'services') ?? [];
  const states = [
    { value: '', label: '没有' },
    ...SERVICE_STATES.map((state) => ({ value: state as string, label: SERVICE_STATE_LABELS[state] })),
  ];
  const change = (code: ServiceCode, state: string) => {
    const others = all.filter((each) => each.code !== code);
    const known = all.find((each) => each.code === code);
    const wanted = state === '' ? others : [...others, { ...known, code, state: state as ServiceState }];
    set(
      'services',
      wanted.sort((a, b) => SERVICE_CODES.indexOf(a.code) - SERVICE_CODES.indexOf(b.code)),
    );
  };
  return html`${errors['f-services'] === undefined ? nothing : html`<p class="field-error">${errors['f-services']}</p>`}
    <div class="service-grid" id="f-services" tabindex="-1">${SERVICE_CODES.map((code) => {
      const state = all.find((each) => each.code === code)?.state ?? '';
      return html`<label class=${state === '' ? 'muted' : ''}>${SERVICE_LABELS[code]}
        <select class="input" @change=${(event: Event) => change(code, (event.target as HTMLSelectElement).value)}>
          ${states.map((each) => html`<option value=${each.value} .selected=${each.value === state}>${each.label}</option>`)}
        </select></label>`;
    })}</div>
    ${isNew ? nothing : html`<p class="field-hint">改状态不算核实：改过的设施会显示“未核实”，等有人到场确认。</p>`}`;
}

export function entrance(view: EditorView): TemplateResult {
  const { editing, errors, set } = view;
  interface Entrance {
    point: Point | null;
    text: string;
    floor?: string | null;
  }
  const value = fieldValue<Entrance | null>(editing, 'entrance');
  const give = (change: Partial<Entrance>) => {
    const next = { point: null, floor: null, text: '', ...value, ...change };
    set('entrance', next.text.trim() === '' && next.point === null ? null : next);
  };
  const place = fieldValue<Point | null>(editing, 'point');
  const access = [
    { value: '', label: '没写' },
    ...ACCESS_WAYS.map((each) => ({ value: each, label: ACCESS_LABELS[each] })),
  ];
  const audience = fieldValue<string[]>(editing, 'audience') ?? [];
  return html`<div class="fields-row">
      ${choiceField({ id: 'f-access', label: labelOf('access'), value: fieldValue<string | null>(editing, 'access') ?? '', choices: access, error: errors['f-access'], onChange: (way) => set('access', way || null) })}
      ${textField({ id: 'f-entrance-floor', label: '楼层', value: value?.floor ?? '', error: errors['f-entrance-floor'], onInput: (text) => give({ floor: text || null }) })}
    </div>
    ${textField({ id: 'f-entrance-text', label: '怎么进去', value: value?.text ?? '', error: errors['f-entrance-text'] ?? errors['f-entrance'], hint: '例如：从和兴路侧门进，一楼右手', onInput: (text) => give({ text }) })}
    <div class="line"><span class="small">${value?.point ? '入口有自己的位置，导航到入口' : '导航到点位本身'}</span>
      ${place && !value?.point ? button({ label: '入口另定位置', onPress: () => give({ point: place }) }) : nothing}
      ${value?.point ? button({ label: '去掉入口位置', onPress: () => give({ point: null }) }) : nothing}</div>
    ${
      value?.point
        ? html`<yz-desk-point-editor class="entrance-point" .kind=${fieldValue<PlaceKind>(editing, 'kind')} .original=${place} .point=${value.point} .fallback=${value.point} .errors=${{}}
          @point-moved=${(event: CustomEvent<{ point: Point }>) => {
            event.stopPropagation();
            give({ point: event.detail.point });
          }}></yz-desk-point-editor>`
        : nothing
    }
    <fieldset id="f-audience" tabindex="-1"><legend class="field-label">${labelOf('audience')}</legend>
      <div class="check-list">${AUDIENCES.map(
        (each) =>
          html`<label class="check"><input type="checkbox" .checked=${audience.includes(each)} @change=${(
            event: Event,
          ) => {
            const isOn = (event.target as HTMLInputElement).checked;
            set(
              'audience',
              AUDIENCES.filter((other) => (other === each ? isOn : audience.includes(other))),
            );
          }} />${AUDIENCE_LABELS[each]}</label>`,
      )}</div>
      ${errors['f-audience'] === undefined ? nothing : html`<p class="field-error">${errors['f-audience']}</p>`}
    </fieldset>`;
}

export function quality({ editing, errors, set }: EditorView): TemplateResult {
  const value = fieldValue<keyof typeof QUALITY_LABELS>(editing, 'positionQuality');
  const choices = POSITION_QUALITIES.map((each) => ({ value: each, label: QUALITY_LABELS[each] }));
  const metres = fieldValue<number | null>(editing, 'positionErrorMetres');
  return html`<div class="fields-row">
    ${choiceField({ id: 'f-positionQuality', label: labelOf('positionQuality'), value, choices, error: errors['f-positionQuality'], onChange: (each) => set('positionQuality', each) })}
    ${
      value === 'approx'
        ? textField({
            id: 'f-positionErrorMetres',
            label: labelOf('positionErrorMetres'),
            inputmode: 'numeric',
            value: metres === null ? '' : String(metres),
            error: errors['f-positionErrorMetres'],
            onInput: (text) => set('positionErrorMetres', numberOf(text)),
          })
        : nothing
    }
  </div>`;
}

export function kindFields(view: EditorView): TemplateResult {
  const kind = fieldValue<PlaceKind>(view.editing, 'kind');
  return html`${KIND_FIELDS[kind].map((each) => kindField(view, each))}`;
}

function kindField(view: EditorView, { field: name, control, choices = [], hint }: KindField): TemplateResult {
  const { editing, errors, set, desk } = view;
  const id = `f-${name}`;
  const common = { id, label: labelOf(name), error: errors[id], hint };
  const value = fieldValue<unknown>(editing, name);
  switch (control) {
    case 'text':
      return line(view, name);
    case 'count':
      return textField({
        ...common,
        inputmode: 'numeric',
        value: value === null || value === undefined ? '' : String(value),
        onInput: (text) => set(name, numberOf(text)),
      });
    case 'choice':
      return choiceField({ ...common, value: String(value ?? ''), choices, onChange: (each) => set(name, each) });
    case 'yes-no':
    case 'yes-no-unknown': {
      const answers = [
        ...(control === 'yes-no' ? [] : [{ value: '', label: '不知道' }]),
        { value: 'true', label: '是' },
        { value: 'false', label: '否' },
      ];
      const onChange = (each: string) => set(name, each === '' ? null : each === 'true');
      return choiceField({ ...common, value: String(value ?? ''), choices: answers, onChange });
    }
    case 'moment': {
      const shown = typeof value === 'string' ? toLocalInput(value, desk.timezone) : '';
      return textField({
        ...common,
        type: 'datetime-local',
        value: shown,
        onInput: (text) => set(name, fromLocalInput(text, desk.timezone)),
      });
    }
    case 'lines': {
      const lines = (value as string[] | undefined) ?? [];
      const control = html`<textarea id=${id} class="input" .value=${lines.join('\n')} @change=${(event: Event) =>
        set(
          name,
          (event.target as HTMLTextAreaElement).value
            .split('\n')
            .map((each) => each.trim())
            .filter(Boolean),
        )}></textarea>`;
      return field({ ...common, control });
    }
  }
}

/** Dated exceptions: closed for a holiday, open longer tonight. */
export function exceptions({ editing, errors, set, desk }: EditorView): TemplateResult {
  const all = fieldValue<HoursException[]>(editing, 'hoursExceptions') ?? [];
  const { timezone, nowMs } = desk;
  const change = (at: number, part: Partial<HoursException>) =>
    set(
      'hoursExceptions',
      all.map((each, i) => (i === at ? { ...each, ...part } : each)),
    );
  const day = 24 * 3_600_000;
  const fresh: HoursException = {
    from: new Date(nowMs).toISOString(),
    until: new Date(nowMs + day).toISOString(),
    open: false,
    reason: '临时关门',
  };
  return html`${all.map((each, at) => {
    const id = (part: string) => `f-hoursExceptions-${at}-${part}`;
    const moment = (part: 'from' | 'until', label: string) =>
      textField({
        id: id(part),
        label,
        type: 'datetime-local',
        value: toLocalInput(each[part], timezone),
        error: errors[id(part)],
        onInput: (text) => change(at, { [part]: fromLocalInput(text, timezone) ?? each[part] }),
      });
    return html`<div class="exception">
      <div class="fields-row">${moment('from', '从')}${moment('until', '到')}</div>
      <div class="fields-row">
        ${choiceField({
          id: id('open'),
          label: '这段时间',
          value: String(each.open),
          choices: [
            { value: 'false', label: '关门' },
            { value: 'true', label: '开门' },
          ],
          onChange: (value) => change(at, { open: value === 'true' }),
        })}
        ${textField({ id: id('reason'), label: '原因', value: each.reason, error: errors[id('reason')], onInput: (reason) => change(at, { reason }) })}
      </div>
      ${button({
        label: '去掉',
        kind: 'quiet',
        icon: 'close',
        onPress: () =>
          set(
            'hoursExceptions',
            all.filter((_, i) => i !== at),
          ),
      })}
    </div>`;
  })}
  ${button({ label: '加一段临时开关门', icon: 'plus', onPress: () => set('hoursExceptions', [...all, fresh]) })}`;
}

export function status({ editing, errors, set, desk, isNew }: EditorView): TemplateResult {
  const value = fieldValue<PlaceStatus>(editing, 'status');
  const was = editing.base.status as PlaceStatus;
  const offered: readonly PlaceStatus[] = isNew ? ['active', 'pending'] : [was, ...NEXT_STATUSES[was]];
  const choices = offered.map((each) => ({ value: each, label: PLACE_STATUS_LABELS[each] }));
  const needsReason = value !== 'active' && value !== 'pending';
  const until = fieldValue<string | null>(editing, 'statusUntil');
  return html`${choiceField({ id: 'f-status', label: labelOf('status'), value, choices, error: errors['f-status'], hint: '暂停、撤销以后，骑手马上看到', onChange: (each) => set('status', each) })}
    ${
      needsReason
        ? textField({
            id: 'f-statusReason',
            label: '原因（骑手看得到）',
            value: fieldValue<string | null>(editing, 'statusReason') ?? '',
            error: errors['f-statusReason'],
            onInput: (text) => set('statusReason', text || null),
          })
        : nothing
    }
    ${
      value === 'paused'
        ? textField({
            id: 'f-statusUntil',
            label: '到什么时候（不知道就留空）',
            type: 'datetime-local',
            value: until === null || until === undefined ? '' : toLocalInput(until, desk.timezone),
            error: errors['f-statusUntil'],
            onInput: (text) => set('statusUntil', fromLocalInput(text, desk.timezone)),
          })
        : nothing
    }`;
}

export function source({ editing, errors, set }: EditorView): TemplateResult {
  interface Source {
    name: string;
    url: string | null;
    date: string | null;
  }
  const value = fieldValue<Source>(editing, 'source');
  const give = (change: Partial<Source>) => set('source', { ...value, ...change });
  return html`<div class="fields-row">
    ${textField({ id: 'f-source-name', label: '来源', value: value.name, error: errors['f-source-name'], onInput: (name) => give({ name }) })}
    ${textField({ id: 'f-source-date', label: '日期', type: 'date', value: value.date ?? '', error: errors['f-source-date'], onInput: (date) => give({ date: date || null }) })}
    </div>
    ${textField({ id: 'f-source-url', label: '网址', type: 'url', value: value.url ?? '', error: errors['f-source-url'], onInput: (url) => give({ url: url || null }) })}`;
}

function listOf(text: string): string[] {
  return text
    .split(/[、,，]/)
    .map((each) => each.trim())
    .filter(Boolean);
}

/** Null for nothing; what is no number goes out as it is, and the server says what is wrong with it. */
function numberOf(text: string): number | string | null {
  if (text.trim() === '') return null;
  const number = Number(text);
  return Number.isNaN(number) ? text : number;
}
