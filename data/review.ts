// A review 审核: one matter from outside that waits for the desk, and what can be decided of it. Pure.

export const REVIEW_KINDS = ['suggestion', 'dispute', 'report', 'photo'] as const;
/**
 * suggestion: a rider's, one each. dispute: a place that is 存疑. report: what riders say of one place and one problem,
 * together. photo: one that waits to be shown.
 */
export type ReviewKind = (typeof REVIEW_KINDS)[number];

export const REVIEW_KIND_LABELS: Readonly<Record<ReviewKind, string>> = {
  suggestion: '建议',
  dispute: '存疑点位',
  report: '反映',
  photo: '照片',
};

export const REVIEW_STATES = ['open', 'closed'] as const;
export type ReviewState = (typeof REVIEW_STATES)[number];

export const REVIEW_DECISIONS = ['approve', 'amend', 'return', 'confirm-open', 'pause', 'retire'] as const;
export type ReviewDecision = (typeof REVIEW_DECISIONS)[number];
/** `superseded`: nobody decided; the matter went away by itself, such as a place that riders took back. */
export type ReviewOutcome = ReviewDecision | 'superseded';

/** One thing that can be decided, as a screen offers it. */
export interface ReviewChoice {
  decision: ReviewDecision;
  label: string;
  /** Words for whoever sent it, or for the place's page. */
  needsReason: boolean;
  /** May say until when. */
  takesUntil: boolean;
  /** Comes with the fields as they should be. */
  takesChanges: boolean;
}

const choice = (decision: ReviewDecision, label: string, more: Partial<ReviewChoice> = {}): ReviewChoice => ({
  decision,
  label,
  needsReason: false,
  takesUntil: false,
  takesChanges: false,
  ...more,
});

export const REVIEW_CHOICES: Readonly<Record<ReviewKind, readonly ReviewChoice[]>> = {
  suggestion: [
    choice('approve', '通过'),
    choice('return', '退回', { needsReason: true }),
    choice('amend', '改后通过', { takesChanges: true }),
  ],
  dispute: [
    choice('confirm-open', '核实在开'),
    choice('pause', '暂停', { needsReason: true, takesUntil: true }),
    choice('retire', '撤销', { needsReason: true }),
  ],
  report: [choice('approve', '已核实处理'), choice('return', '无法核实', { needsReason: true })],
  photo: [choice('approve', '公开'), choice('return', '不用', { needsReason: true })],
};

export function choiceOf(kind: ReviewKind, decision: ReviewDecision): ReviewChoice | undefined {
  return REVIEW_CHOICES[kind].find((each) => each.decision === decision);
}

export function outcomeLabel(kind: ReviewKind, outcome: ReviewOutcome): string {
  return outcome === 'superseded' ? '自行了结' : (choiceOf(kind, outcome)?.label ?? '已处理');
}

/** So long a decision can be taken back by whoever made it. */
export const REVIEW_UNDO_MS = 10_000;
/** So long ago may be what others said of the place. */
export const REVIEW_VOICES_MS = 48 * 3_600_000;

/** Somebody may stand before a locked door now: these go first. */
export function isUrgent(kind: ReviewKind, voices: number): boolean {
  return kind === 'dispute' || (kind === 'report' && voices >= 2);
}

export const REVIEW_REASON_CHARACTERS = 200;

const PHONE = /(?<!\d)(1[3-9]\d)[ -]?(\d{4})[ -]?(\d{4})(?!\d)|(?<!\d)(0\d{2,3})[ -](\d{3,4})(\d{4})(?!\d)/g;

/** A note with the middle of telephone numbers hidden: who writes one does not mean it for every reader. */
export function maskedNote(text: string): { text: string; isMasked: boolean } {
  const masked = text.replace(PHONE, (whole) => `${whole.slice(0, 3)}****${whole.slice(-4)}`);
  return { text: masked, isMasked: masked !== text };
}
