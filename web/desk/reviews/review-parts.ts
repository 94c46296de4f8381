// What a reviewer looks at, as functions from the review to its markup: before and after, evidence, what is nearby.

import { html, nothing, type TemplateResult } from 'lit';
import { PLACE_KIND_LABELS, PLACE_STATUS_LABELS } from '../../../data/place.ts';
import { REVIEW_KIND_LABELS } from '../../../data/review.ts';
import type { ReviewDetail, ReviewItem } from '../../../data/review-schema.ts';
import type { DeskPin } from '../../map/desk-map.ts';
import type { DeskIconName } from '../../pages/desk-icons.ts';
import type { Desk } from '../desk.ts';
import { button, icon, tag } from '../pieces.ts';
import { momentText, sinceText } from '../words.ts';

export const REVIEW_ICONS: Readonly<Record<ReviewItem['kind'], DeskIconName>> = {
  suggestion: 'plus',
  dispute: 'warning',
  report: 'wrench',
  photo: 'camera',
};

export function head(desk: Desk, review: ReviewDetail): TemplateResult {
  const { place, voices, openedAt, kind } = review;
  const heard = voices > 1 ? `，${voices} 人说` : '';
  return html`<header class="block">
    <div class="line"><h2 id="review-title" tabindex="-1">${place ? html`<a href="/desk/places/${place.id}">${review.title}</a>` : review.title}</h2>
      ${place ? tag(PLACE_STATUS_LABELS[place.status], place.status === 'active' ? 'ok' : 'warn') : tag('新点位')}
      ${review.isUrgent ? tag('急', 'bad') : nothing}</div>
    <p class="muted small">${REVIEW_KIND_LABELS[kind]}，${sinceText(openedAt, desk)}${heard}${place ? `，${PLACE_KIND_LABELS[place.kind]}，${place.address}` : ''}</p>
  </header>`;
}

export function differences({ changes, summary, place }: ReviewDetail): TemplateResult {
  if (changes.length === 0) {
    return html`<div class="block"><p class="strong">${summary}</p>${place?.statusReason ? html`<p class="muted small">现在显示：${place.statusReason}</p>` : nothing}</div>`;
  }
  return html`<table class="table">
    <caption class="visually-hidden">改了什么</caption>
    <thead><tr><th scope="col">改了什么</th><th scope="col">现在</th><th scope="col">骑手说</th></tr></thead>
    <tbody>${changes.map(
      ({ label, before, after }) =>
        html`<tr><th scope="row">${label}</th><td>${before === null ? html`<span class="muted">没有</span>` : html`<del>${before}</del>`}</td><td>${after === null ? html`<span class="muted">去掉</span>` : html`<ins>${after}</ins>`}</td></tr>`,
    )}</tbody>
  </table>`;
}

export function evidence(desk: Desk, review: ReviewDetail, reveal: (number: string) => void): TemplateResult {
  const { photos, notes, others } = review;
  return html`<div class="evidence">
    ${
      photos.length === 0
        ? nothing
        : html`<div class="evidence-photos">${photos.map(
            (
              { url, isPublic },
              at,
            ) => html`<a href=${url} target="_blank" rel="noopener"><img src=${url} alt="来信的第 ${at + 1} 张照片" loading="lazy" /></a>
            <p class="muted small">${isPublic ? '已公开' : '位置信息已去掉，通过后才公开'}</p>`,
          )}</div>`
    }
    <div>
      ${
        notes.length === 0
          ? nothing
          : html`<h3>骑手留言</h3>${notes.map(
              ({ number, text, isMasked, at }) =>
                html`<p>“${text}” <span class="muted small">${momentText(at, desk)}，回执 ${number}</span> ${isMasked ? button({ label: '看全文', kind: 'quiet', onPress: () => reveal(number) }) : nothing}</p>`,
            )}`
      }
      <h3>48 小时内别人怎么说</h3>
      ${
        others.length === 0
          ? html`<p class="muted">没有别的线索</p>`
          : html`<ul class="dots">${others.map(({ label, at, weighs }) => html`<li>${label}，${momentText(at, desk)}${weighs ? '' : '（新设备，不算数）'}</li>`)}</ul>`
      }
    </div>
  </div>`;
}

export function duplicates({ duplicates: found }: ReviewDetail): TemplateResult {
  return html`<section class="block"><h3>附近同类</h3>${
    found.length === 0
      ? html`<p class="muted small">150 米内没有像的</p>`
      : html`<ul class="plain-list">${found.map(
          ({ id, name, metres, why }, at) =>
            html`<li class="line"><strong>${at + 1}</strong><span><a href="/desk/places/${id}">${name}</a><span class="second muted small">${why}</span></span><span class="push keep">${metres} 米</span></li>`,
        )}</ul>`
  }</section>`;
}

/** The place, where it is said to be, and the numbered ones nearby. */
export function pinsOf({ points, place, proposed }: ReviewDetail): DeskPin[] {
  const kind = place?.kind ?? proposed?.kind ?? 'station';
  let number = 0;
  return points
    .filter(({ role }) => role !== 'entrance')
    .map(({ role, point }) => ({
      id: role === 'duplicate' ? `duplicate-${++number}` : role,
      point,
      look: {
        kind,
        ...(role === 'duplicate' && { number }),
        ...(role === 'suggested' && { approximate: true }),
        ...(role === 'now' && points.some((each) => each.role === 'suggested') && { closed: true }),
      },
    }));
}

export function queueItem(desk: Desk, item: ReviewItem, isHere: boolean): TemplateResult {
  const { id, kind, title, summary, openedAt, outcome, isUrgent } = item;
  const done = outcome ? `${outcome.by?.name ?? '系统'} ${sinceText(outcome.at, desk)} ${outcome.label}` : null;
  return html`<li><a class="queue-item" href="/desk/reviews/${id}" aria-current=${isHere ? 'true' : nothing} ?data-done=${done !== null}>
    <span class="line">${icon(done ? 'check' : REVIEW_ICONS[kind])}<strong>${summary}</strong></span>
    <span>${title}</span>
    <span class="muted small ${isUrgent && !done ? 'tone-bad' : ''}">${done ?? `${isUrgent ? '急，' : ''}${sinceText(openedAt, desk)}`}</span>
  </a></li>`;
}
