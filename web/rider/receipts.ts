// The receipts of what this phone has reported and suggested. Their keys stay here: whoever has one can read its receipt.

import type { ReportProblem } from '../../data/report.ts';
import { isProblem } from '../pages/problems.ts';
import { keep, readKept } from './storage.ts';

export interface Receipt {
  number: string;
  key: string;
  /** Empty for a suggested place, which has no id yet. */
  placeId: string;
  /** The place's name at that time. */
  name: string;
  /** Null for a suggestion. */
  problem: ReportProblem | null;
  /** Milliseconds by the server's clock. */
  at: number;
}

const KEPT_AS = 'yz-receipts';
const MOST_KEPT = 50;

/** The newest first. */
export function keptReceipts(): Receipt[] {
  const kept = readKept(KEPT_AS);
  return Array.isArray(kept) ? kept.filter(isReceipt) : [];
}

export function keepReceipt(receipt: Receipt): void {
  const others = keptReceipts().filter((each) => each.number !== receipt.number);
  keep(KEPT_AS, [receipt, ...others].slice(0, MOST_KEPT));
}

function isReceipt(value: unknown): value is Receipt {
  const receipt = value as Receipt | null;
  return (
    typeof receipt === 'object' &&
    receipt !== null &&
    [receipt.number, receipt.key, receipt.placeId, receipt.name].every((each) => typeof each === 'string') &&
    (receipt.problem === null || isProblem(receipt.problem)) &&
    Number.isFinite(receipt.at)
  );
}
