// A decision as it was sent, checked against the matter: which choices there are, what they need, what comes of it.

import type { Request } from 'express';
import type { Account } from '../data/account.ts';
import { isInside } from '../data/city.ts';
import { checkOpeningHours } from '../data/hours-text.ts';
import { momentWords } from '../data/hours-words.ts';
import { PHOTO_ALT_CHARACTERS } from '../data/photo.ts';
import type { PlaceDraft, PlacePhoto } from '../data/place-schema.ts';
import { choiceOf, outcomeLabel, REVIEW_CHOICES, type ReviewKind, type ReviewOutcome } from '../data/review.ts';
import { draftOf, proposedChanges } from '../data/review-changes.ts';
import type { DecisionInput, ReviewChanges } from '../data/review-schema.ts';
import type { ListedReview, NewDecision, ReviewEvidence } from '../data/store/store.ts';
import { isoDateOf, wallClock } from '../data/wall-clock.ts';
import type { AppContext } from './context.ts';
import type { PhotoFolder } from './photos.ts';
import { Problem, problemOf } from './problem.ts';

export interface DecisionContext {
  city: AppContext['city'];
  folder: PhotoFolder;
  now: () => number;
}

/**
 * @throws Problem 428 without a version, 400 for a choice that this kind does not have, a missing reason, or changes
 * that cannot be
 */
export async function readDecision(
  context: DecisionContext,
  request: Request,
  evidence: ReviewEvidence,
  input: DecisionInput,
  by: Account,
): Promise<NewDecision> {
  const { review } = evidence;
  const kind = review.kind as ReviewKind;
  const version = versionOf(request, input);
  const choice = choiceOf(kind, input.decision);
  if (!choice) {
    const allowed = REVIEW_CHOICES[kind].map((each) => `${each.decision}（${each.label}）`).join('、');
    throw problemOf([{ field: 'decision', code: 'unknown-value', message: `这一条可以写 ${allowed}` }]);
  }
  const reason = input.reason === undefined || input.reason === '' ? null : input.reason;
  if (choice.needsReason && reason === null) {
    throw problemOf([{ field: 'reason', code: 'bad-text', message: `${choice.label}要写理由` }]);
  }
  if (input.until !== undefined && !(choice.takesUntil && Date.parse(input.until) > context.now())) {
    const message = choice.takesUntil ? '要在现在以后' : `${choice.label}不写时间`;
    throw problemOf([{ field: 'until', code: 'out-of-range', message }]);
  }
  if (choice.takesChanges !== (input.changes !== undefined)) {
    const message = choice.takesChanges ? '改后通过要写改成什么样' : `${choice.label}不带改动`;
    throw problemOf([{ field: 'changes', code: 'bad-request', message }]);
  }
  const isTaken = input.decision === 'approve' || input.decision === 'amend';
  const changes = kind === 'suggestion' && isTaken ? changesOf(context, evidence, input) : null;
  return {
    id: review.id,
    version,
    decision: input.decision,
    reason,
    by,
    changes,
    draft: changes && isNewPlace(evidence) ? draftFrom(context, changes) : null,
    photo: kind === 'photo' && isTaken ? await photoOf(context, evidence, input.alt) : null,
    until: input.until ?? null,
  };
}

const QUOTED_VERSION = /^"(\d{1,9})"$/;

function versionOf(request: Request, { version }: DecisionInput): number {
  const written = request.headers['if-match'];
  const quoted = written === undefined ? undefined : QUOTED_VERSION.exec(written.trim())?.[1];
  if (written !== undefined && quoted === undefined) {
    throw problemOf([{ field: 'If-Match', code: 'bad-request', message: '要写看到的版本，例如 "3"' }]);
  }
  const seen = quoted === undefined ? version : Number(quoted);
  if (seen === undefined) throw new Problem('version-required', '要写看到的版本：If-Match 或 version');
  return seen;
}

/** A suggestion for a place that does not exist says its kind; one that was approved and taken back still does. */
function isNewPlace({ suggestion }: ReviewEvidence): boolean {
  return suggestion?.changes.kind !== undefined;
}

function changesOf(
  { city }: DecisionContext,
  { suggestion }: ReviewEvidence,
  { decision, changes: edited }: DecisionInput,
): ReviewChanges {
  if (!suggestion) throw new Error('A suggestion waits without having been made');
  const isNew = suggestion.changes.kind !== undefined;
  const changes = edited ?? proposedChanges(suggestion.changes, suggestion.point);
  if (decision === 'approve' && suggestion.changes.hoursText !== undefined && changes.hoursOsm === undefined) {
    const message = `“${suggestion.changes.hoursText}”要改写成能用的写法，请改后通过`;
    throw problemOf([{ field: 'changes.hoursOsm', code: 'bad-text', message }]);
  }
  if (!isNew && changes.kind !== undefined) {
    throw problemOf([{ field: 'changes.kind', code: 'bad-request', message: '已有点位的类型不能改' }]);
  }
  if (changes.point && !isInside(city.area, changes.point)) {
    throw problemOf([{ field: 'changes.point', code: 'out-of-area', message: `不在${city.name}范围内` }]);
  }
  if (changes.district !== undefined && !city.districts.some(({ code }) => code === changes.district)) {
    throw problemOf([{ field: 'changes.district', code: 'unknown-value', message: '本市没有这个区县代码' }]);
  }
  if (typeof changes.hoursOsm !== 'string') return changes;
  const hours = checkOpeningHours(changes.hoursOsm);
  if (hours.ok) return { ...changes, hoursOsm: hours.canonical };
  throw problemOf([{ field: 'changes.hoursOsm', code: 'bad-text', message: hours.message }]);
}

function draftFrom({ city, now }: DecisionContext, changes: ReviewChanges): PlaceDraft {
  const today = isoDateOf(wallClock(city.timezone).dayOf(Math.floor(now() / 60_000)));
  const result = draftOf(changes, city, today);
  if ('draft' in result) return result.draft;
  const words = { kind: '类型', name: '名称', point: '位置' };
  throw problemOf(
    result.missing.map((field) => ({
      field: `changes.${field}`,
      code: 'missing-parameter',
      message: `新点位要有${words[field]}`,
    })),
  );
}

async function photoOf(
  { folder }: DecisionContext,
  { photos, place }: ReviewEvidence,
  alt: string | undefined,
): Promise<PlacePhoto | null> {
  const photo = photos[0];
  if (!photo || !place) return null;
  return { id: photo.id, alt: alt ?? usualAlt(place.name), ...(await folder.sizeOf(photo.id)) };
}

/** What a screen reader says of a photo that nobody described. */
export function usualAlt(placeName: string): string {
  return [...`${placeName}的照片`].slice(0, PHOTO_ALT_CHARACTERS).join('');
}

/** Says who was first and when, or that something has come in since. */
export function decidedBefore(city: AppContext['city'], review: ListedReview, nowMs: number): Problem {
  const { outcome, decided_at, decided_by, decider, kind, version } = review;
  const conflict = { state: review.state, version };
  if (outcome === null || decided_at === null) {
    return new Problem('version-conflict', '刚刚又有人反映，请看过再定', [], {}, conflict);
  }
  const label = outcomeLabel(kind as ReviewKind, outcome as ReviewOutcome);
  const when = momentWords(Date.parse(decided_at), nowMs, city.timezone);
  const who = decided_by === null ? null : { id: decided_by, name: decider ?? decided_by };
  const detail = who ? `${who.name}${when}已经审了：${label}` : `${when}已经自行了结：${review.reason ?? label}`;
  return new Problem('version-conflict', detail, [], {}, { ...conflict, decision: outcome, by: who, at: decided_at });
}
