// 报问题: six tiles, a word and a photo if one likes, and a button that repeats the choice.

import type { CorePlace } from '../../data/core.ts';
import { REPORT_NOTE_CHARACTERS, REPORT_PHOTOS, REPORT_PROBLEMS, type ReportProblem } from '../../data/report.ts';
import type { Html, Tags } from './html.ts';
import { icon } from './icon.ts';
import { demoTag, placeHref, placeName } from './place-parts.ts';
import { PROBLEM_ICONS, PROBLEM_LABELS } from './problems.ts';

export interface ReportForm {
  problem: ReportProblem | null;
  note: string;
  /** Small pictures of the chosen files, as data: URLs; empty where the phone cannot draw one. */
  photos: readonly { preview: string; name: string }[];
  isSending: boolean;
  /** What is missing or wrong in the form; said beside the button. */
  hint: string | null;
  /** Why it was not sent; all that was entered is still there. */
  failure: string | null;
}

export const BLANK_FORM: ReportForm = {
  problem: null,
  note: '',
  photos: [],
  isSending: false,
  hint: null,
  failure: null,
};

export function reportPage(tags: Tags, place: CorePlace, form: ReportForm): Html {
  const { html } = tags;
  const { problem } = form;
  const label = problem === null ? '' : PROBLEM_LABELS[problem];
  return html`<div class="top"><header class="head">
      <a class="icon-button" href="${placeHref(place)}" data-act="back" aria-label="返回">${icon(tags, 'back')}</a>
      <p class="head-kind strong">报问题</p>
    </header></div>
    <main id="main"><div class="body">
      <p class="report-name muted">${placeName(tags, place)} ${demoTag(tags, place)}</p>
      <h1 class="report-title">哪里不对？点一下</h1>
      <div class="tiles" role="group" aria-label="哪里不对">${REPORT_PROBLEMS.map(
        (each) =>
          html`<button class="tile" type="button" data-act="choose-problem" data-problem="${each}" aria-pressed="${each === problem}">${icon(tags, PROBLEM_ICONS[each], 'large')}${PROBLEM_LABELS[each]}</button>`,
      )}</div>
      ${notePart(tags, form)}
    </div>
    <div class="sticky one">
      ${failurePart(tags, form)}
      <p class="only small tone-warn" role="status">${form.hint ?? ''}</p>
      <button class="button main" type="button" data-act="send-report" aria-busy="${form.isSending}">${
        form.isSending ? '正在提交…' : form.failure === null ? `提交${label === '' ? '' : `：${label}`}` : '再试一次'
      }</button>
      <p class="only small muted centred">不用登录，不用留电话，不会影响你接单</p>
    </div></main>`;
}

function notePart(tags: Tags, { note, photos }: ReportForm): Html {
  const { html } = tags;
  return html`<div class="note-line">
      <label class="note-field"><span class="small">补一句（可不填）</span>
        <input type="text" name="note" value="${note}" maxlength="${REPORT_NOTE_CHARACTERS}" autocomplete="off" enterkeyhint="done" /></label>
      <label class="button photo-button">${icon(tags, 'camera')}拍照<input class="visually-hidden" type="file" name="photos" accept="image/*" multiple aria-label="拍照或选照片，最多 ${REPORT_PHOTOS} 张，可不拍" /></label>
    </div>
    ${
      photos.length === 0
        ? ''
        : html`<ul class="photos">${photos.map(
            (photo, i) =>
              html`<li>${photo.preview === '' ? icon(tags, 'camera', 'large') : html`<img src="${photo.preview}" alt="第 ${i + 1} 张照片" width="96" height="96" />`}<button class="icon-button boxed" type="button" data-act="drop-photo" data-index="${i}" aria-label="去掉第 ${i + 1} 张照片">${icon(tags, 'close')}</button></li>`,
          )}</ul><p class="small muted">照片不公开，里面的位置信息会去掉。</p>`
    }`;
}

function failurePart({ html }: Tags, { failure }: ReportForm): Html {
  return html`<div class="only" role="alert">${failure === null ? '' : html`<p class="strong tone-bad">没提交成功，内容还在。</p><p class="small">${failure}</p>`}</div>`;
}
