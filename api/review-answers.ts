// Reviews as the desk's routes answer them: notes opened and their telephone numbers hidden, fields in words, what may be
// decided.

import type { Account } from '../data/account.ts';
import { serviceOfField } from '../data/confirmation.ts';
import { photoUrl } from '../data/photo.ts';
import {
  maskedNote,
  outcomeLabel,
  REVIEW_CHOICES,
  REVIEW_UNDO_MS,
  type ReviewKind,
  type ReviewOutcome,
  type ReviewState,
} from '../data/review.ts';
import { changeWords, proposedChanges } from '../data/review-changes.ts';
import type { ReviewDetail, ReviewItem } from '../data/review-schema.ts';
import { SERVICE_LABELS } from '../data/service.ts';
import type { HeardVoice, ListedReview, ReviewEvidence, SealedNote } from '../data/store/store.ts';
import type { Secret } from './secret.ts';

export function reviewItem(review: ListedReview, viewer: Account, nowMs: number): ReviewItem {
  return {
    id: review.id,
    kind: review.kind as ReviewKind,
    state: review.state as ReviewState,
    version: review.version,
    isUrgent: review.urgent === 1,
    title: review.title,
    summary: review.summary,
    placeId: review.place_id,
    district: review.district,
    voices: review.voices,
    openedAt: review.opened_at,
    updatedAt: review.updated_at,
    outcome: outcomeOf(review, viewer, nowMs),
  };
}

function outcomeOf(review: ListedReview, viewer: Account, nowMs: number): ReviewItem['outcome'] {
  const { outcome, decided_at, decided_by, decider, reason } = review;
  if (outcome === null || decided_at === null) return null;
  const untilMs = Date.parse(decided_at) + REVIEW_UNDO_MS;
  const isOwn = outcome !== 'superseded' && decided_by === viewer.id && review.undo !== null;
  return {
    decision: outcome as ReviewOutcome,
    label: outcomeLabel(review.kind as ReviewKind, outcome as ReviewOutcome),
    reason,
    by: decided_by === null ? null : { id: decided_by, name: decider ?? decided_by },
    at: decided_at,
    undoUntil: isOwn && untilMs >= nowMs ? new Date(untilMs).toISOString() : null,
  };
}

export function reviewDetail(
  secret: Secret,
  evidence: ReviewEvidence,
  viewer: Account,
  { nowMs, hoursWords }: { nowMs: number; hoursWords: (hoursOsm: string) => string },
): ReviewDetail {
  const { review, place, suggestion, duplicates } = evidence;
  const proposed = suggestion && proposedChanges(suggestion.changes, suggestion.point);
  const suggested = suggestion?.point ?? null;
  const points: ReviewDetail['points'] = [
    ...(place ? [{ role: 'now' as const, label: place.name, point: place.point }] : []),
    ...(place?.entrance?.point ? [{ role: 'entrance' as const, label: '入口', point: place.entrance.point }] : []),
    ...(suggested ? [{ role: 'suggested' as const, label: '建议的位置', point: suggested }] : []),
    ...duplicates.map(({ name, point }) => ({ role: 'duplicate' as const, label: name, point })),
  ];
  return {
    ...reviewItem(review, viewer, nowMs),
    place: place
      ? {
          id: place.id,
          name: place.name,
          kind: place.kind,
          status: place.status,
          statusReason: place.statusReason,
          address: place.address,
          point: place.point,
          version: place.version,
        }
      : null,
    changes: suggestion ? changeWords(place ?? null, suggestion.changes, suggested, hoursWords) : [],
    proposed,
    hoursNeedRewriting: suggestion?.changes.hoursText !== undefined && proposed?.hoursOsm === undefined,
    notes: evidence.notes.map((note) => {
      const { text, isMasked } = maskedNote(openNote(secret, note));
      return { number: note.number, text, isMasked, at: note.at };
    }),
    photos: evidence.photos.map(({ id, isPublic }) => ({
      id,
      url: isPublic ? photoUrl(id, 1280) : `/api/photos/${id}`,
      isPublic,
    })),
    others: evidence.voices.map((voice) => ({ ...voice, label: voiceWords(voice) })),
    duplicates,
    points,
    choices: review.state === 'open' ? [...REVIEW_CHOICES[review.kind as ReviewKind]] : [],
  };
}

export function openNote(secret: Secret, note: SealedNote): string {
  return secret.open(note.kind === 'report' ? 'report-note' : 'suggestion-note', note.sealed, note.number);
}

function voiceWords({ field, value }: HeardVoice): string {
  const code = serviceOfField(field);
  if (code === undefined) return value ? '开着' : '没开';
  return `${SERVICE_LABELS[code]}${value ? '能用' : '不能用'}`;
}
