// 这里有误？ and 推荐一个点位: what should be different, the position by hand, a photo if one likes. Nothing is asked of who
// sends it.

import type { CorePlace } from '../../data/core.ts';
import { PLACE_KIND_LABELS, type Point } from '../../data/place.ts';
import { SERVICE_LABELS, type ServiceCode } from '../../data/service.ts';
import {
  SUGGESTED_FIELD_LABELS,
  SUGGESTED_HOURS_CHARACTERS,
  SUGGESTIBLE_KINDS,
  SUGGESTION_NOTE_CHARACTERS,
  SUGGESTION_PHOTOS,
  type SuggestedChanges,
  type SuggestedField,
  type SuggestibleKind,
} from '../../data/suggestion.ts';
import type { Html, Tags } from './html.ts';
import { icon } from './icon.ts';
import { demoTag, placeHref, placeName } from './place-parts.ts';
import { type PickerView, positionPicker, type Spot } from './position-picker.ts';

export interface SuggestForm {
  kind: SuggestibleKind | null;
  /** What is wrong about a known place. */
  fields: readonly SuggestedField[];
  texts: Readonly<Record<SuggestText, string>>;
  /** As they should be. */
  services: readonly ServiceCode[];
  spot: Spot;
  /** Small pictures of the chosen files, as data: URLs; empty where the phone cannot draw one. */
  photos: readonly { preview: string; name: string }[];
  isSending: boolean;
  /** What is missing or wrong in the form; said beside the button. */
  hint: string | null;
  /** Why it was not sent; all that was entered is still there. */
  failure: string | null;
}

export const SUGGEST_TEXTS = ['name', 'address', 'hoursText', 'entranceText', 'note'] as const;
export type SuggestText = (typeof SUGGEST_TEXTS)[number];

/** A known place keeps its kind. */
const ABOUT_PLACE: readonly SuggestedField[] = [
  'hours',
  'entranceText',
  'services',
  'point',
  'name',
  'address',
  'closedForGood',
];

const TEXT_FIELDS: Readonly<Record<Exclude<SuggestText, 'note'>, { label: string; hint: string; most: number }>> = {
  name: { label: '正确的名称', hint: '门上或招牌上写的', most: 60 },
  address: { label: '正确的地址', hint: '例如：和兴路 26 号', most: 200 },
  hoursText: { label: '正确的开放时间', hint: '例如：每天 8:00–22:00', most: SUGGESTED_HOURS_CHARACTERS },
  entranceText: { label: '怎么进', hint: '例如：从和兴路侧门进，一楼右手', most: 200 },
};

export function blankForm(point: Point, services: readonly ServiceCode[]): SuggestForm {
  return {
    kind: null,
    fields: [],
    texts: { name: '', address: '', hoursText: '', entranceText: '', note: '' },
    services,
    spot: { point, zoom: 1, isPicked: false },
    photos: [],
    isSending: false,
    hint: null,
    failure: null,
  };
}

export interface SuggestView {
  /** Null to suggest a new one. */
  place: CorePlace | null;
  form: SuggestForm;
  /** The city's, in its order. */
  services: readonly ServiceCode[];
  picker: Omit<PickerView, 'spot'>;
  backHref: string;
}

export function suggestHref(placeId: string | null): string {
  return placeId === null ? '/?part=suggest' : `/p/${placeId}?part=suggest`;
}

/** What is still missing, in words; null when it can be sent. */
export function missingIn({ kind, fields, texts, spot, photos }: SuggestForm, isNew: boolean): string | null {
  const isEmpty = (text: SuggestText) => texts[text].trim() === '';
  if (isNew) {
    if (kind === null) return '先选是哪一类';
    if (isEmpty('name')) return '写上名称，别人才找得到';
    return spot.isPicked ? null : '在图上选好位置：点一下，或用箭头挪到门口';
  }
  if (fields.length === 0 && isEmpty('note') && photos.length === 0) return '先点上面一个，说说哪里不对';
  for (const [text, field] of [
    ['name', 'name'],
    ['address', 'address'],
    ['hoursText', 'hours'],
    ['entranceText', 'entranceText'],
  ] as const) {
    if (fields.includes(field) && isEmpty(text))
      return `写上${TEXT_FIELDS[text].label}，不知道就去掉“${SUGGESTED_FIELD_LABELS[field]}”`;
  }
  return fields.includes('point') && !spot.isPicked ? '在图上选好位置：点一下，或用箭头挪到门口' : null;
}

/** What goes to the city. */
export function suggestionIn(
  { kind, fields, texts, services, spot }: SuggestForm,
  place: CorePlace | null,
): { changes: SuggestedChanges; point: Point | null; note: string } {
  const said = (text: SuggestText, field: SuggestedField) => {
    const value = texts[text].trim();
    return value !== '' && (!place || fields.includes(field)) ? value : undefined;
  };
  const registered = place?.services.map((service) => service.code) ?? [];
  const add = services.filter((code) => !registered.includes(code));
  const remove = registered.filter((code) => !services.includes(code));
  const hasServices = add.length + remove.length > 0 && (!place || fields.includes('services'));
  const given: SuggestedChanges = {
    kind: place ? undefined : (kind ?? undefined),
    name: said('name', 'name'),
    address: said('address', 'address'),
    hoursText: said('hoursText', 'hours'),
    entranceText: said('entranceText', 'entranceText'),
    services: hasServices ? { add, remove } : undefined,
    closedForGood: place && fields.includes('closedForGood') ? true : undefined,
  };
  const changes = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  const hasPoint = spot.isPicked && (!place || fields.includes('point'));
  return { changes, point: hasPoint ? spot.point : null, note: texts.note.trim() };
}

export function suggestPage(tags: Tags, view: SuggestView): Html {
  const { html } = tags;
  const { place, form } = view;
  return html`<div class="top"><header class="head">
      <a class="icon-button" href="${view.backHref}" data-act="back" aria-label="返回">${icon(tags, 'back')}</a>
      <p class="head-kind strong">${place ? '这里有误？' : '推荐一个点位'}</p>
    </header></div>
    <main id="main"><div class="body suggest">
      ${place ? html`<p class="report-name muted">${placeName(tags, place)} ${demoTag(tags, place)}</p>` : ''}
      <h1 class="report-title">${place ? '哪里不对？可以点几个' : '在哪里，是什么'}</h1>
      ${place ? placeFields(tags, view, place) : newFields(tags, view)}
      ${photoPart(tags, form)}
      <label class="suggest-field"><span class="small">补一句（可不填，不公开）</span>
        <input type="text" name="suggest-note" value="${form.texts.note}" maxlength="${SUGGESTION_NOTE_CHARACTERS}" autocomplete="off" enterkeyhint="done" /></label>
    </div>
    <div class="sticky one">
      <div class="only" role="alert">${form.failure === null ? '' : html`<p class="strong tone-bad">没提交成功，内容还在。</p><p class="small">${form.failure}</p>`}</div>
      <p class="only small tone-warn" role="status">${form.hint ?? ''}</p>
      <button class="button main" type="button" data-act="send-suggestion" aria-busy="${form.isSending}">${
        form.isSending ? '正在提交…' : form.failure === null ? '提交' : '再试一次'
      }</button>
      <p class="only small muted centred">管理员核实后才会改。不用登录，不用留电话</p>
    </div></main>`;
}

function placeFields(tags: Tags, view: SuggestView, place: CorePlace): Html {
  const { html } = tags;
  const { fields } = view.form;
  const has = (field: SuggestedField) => fields.includes(field);
  return html`<div class="choices" role="group" aria-label="哪里不对">${ABOUT_PLACE.map(
    (field) =>
      html`<button class="chip" type="button" data-act="suggest-field" data-field="${field}" aria-pressed="${has(field)}">${icon(tags, has(field) ? 'check' : 'plus', 'small')}${SUGGESTED_FIELD_LABELS[field]}</button>`,
  )}</div>
    ${has('closedForGood') ? html`<p class="note off">管理员核实后，这个点位会撤下。</p>` : ''}
    ${has('hours') ? textField(tags, view.form, 'hoursText') : ''}
    ${has('entranceText') ? textField(tags, view.form, 'entranceText') : ''}
    ${has('name') ? textField(tags, view.form, 'name') : ''}
    ${has('address') ? textField(tags, view.form, 'address') : ''}
    ${has('services') ? servicesPart(tags, view) : ''}
    ${has('point') ? html`<h2>正确的位置</h2>${positionPicker(tags, { ...view.picker, before: place.point, spot: view.form.spot })}` : ''}`;
}

function newFields(tags: Tags, view: SuggestView): Html {
  const { html } = tags;
  const { kind, spot } = view.form;
  return html`<div class="choices" role="group" aria-label="是哪一类">${SUGGESTIBLE_KINDS.map(
    (each) =>
      html`<button class="chip" type="button" data-act="suggest-kind" data-kind="${each}" aria-pressed="${each === kind}">${icon(tags, each === kind ? 'check' : 'plus', 'small')}${PLACE_KIND_LABELS[each]}</button>`,
  )}</div>
    ${textField(tags, view.form, 'name', '名称')}
    <h2>位置</h2>
    ${positionPicker(tags, { ...view.picker, before: null, spot })}
    <h2>知道的就填，可不填</h2>
    ${textField(tags, view.form, 'entranceText')} ${textField(tags, view.form, 'hoursText', '开放时间')}
    ${textField(tags, view.form, 'address', '地址')} ${servicesPart(tags, view)}`;
}

function textField({ html }: Tags, { texts }: SuggestForm, text: Exclude<SuggestText, 'note'>, label?: string): Html {
  const field = TEXT_FIELDS[text];
  return html`<label class="suggest-field"><span>${label ?? field.label} <span class="small muted">${field.hint}</span></span>
    <input type="text" name="suggest-${text}" value="${texts[text]}" maxlength="${field.most}" autocomplete="off" enterkeyhint="next" /></label>`;
}

function servicesPart(tags: Tags, { services, form }: SuggestView): Html {
  const { html } = tags;
  return html`<h2>有哪些设施</h2>
    <div class="choices" role="group" aria-label="有哪些设施，点一下选上或去掉">${services.map((code) => {
      const isChosen = form.services.includes(code);
      return html`<button class="chip" type="button" data-act="suggest-service" data-service="${code}" aria-pressed="${isChosen}">${icon(tags, isChosen ? 'check' : code, 'small')}${SERVICE_LABELS[code]}</button>`;
    })}</div>`;
}

function photoPart(tags: Tags, { photos }: SuggestForm): Html {
  const { html } = tags;
  return html`<div class="note-line"><p class="small">门口的照片（可不拍）。审核通过后公开在点位页上，里面的位置信息会去掉；请不要拍到人和车牌。</p>
      <label class="button photo-button">${icon(tags, 'camera')}拍照<input class="visually-hidden" type="file" name="suggest-photos" accept="image/*" multiple aria-label="拍照或选照片，最多 ${SUGGESTION_PHOTOS} 张，可不拍" /></label></div>
    ${
      photos.length === 0
        ? ''
        : html`<ul class="photos">${photos.map(
            (photo, i) =>
              html`<li>${photo.preview === '' ? icon(tags, 'camera', 'large') : html`<img src="${photo.preview}" alt="第 ${i + 1} 张照片" width="96" height="96" />`}<button class="icon-button boxed" type="button" data-act="suggest-drop-photo" data-index="${i}" aria-label="去掉第 ${i + 1} 张照片">${icon(tags, 'close')}</button></li>`,
          )}</ul>`
    }`;
}

/** The way here from a place's page. */
export function suggestLink(tags: Tags, place: CorePlace): Html {
  return tags.html`<a class="button wide" href="${suggestHref(place.id)}" data-view="suggest">${icon(tags, 'report')}这里有误？</a>`;
}

/** Where the way back from a suggestion leads. */
export function suggestBackHref(place: CorePlace | null): string {
  return place ? placeHref(place) : '/';
}
