// What the desk says to whoever sent something, ready to pick: true, short, and without blame.

import type { ReviewDecision, ReviewKind } from './review.ts';

export interface ReviewReason {
  id: string;
  kind: ReviewKind;
  decision: ReviewDecision;
  text: string;
}

export const REVIEW_REASONS: readonly ReviewReason[] = [
  { id: 'already-listed', kind: 'suggestion', decision: 'return', text: '这个点位已经登记过了' },
  { id: 'not-found', kind: 'suggestion', decision: 'return', text: '到现场没有找到' },
  { id: 'as-registered', kind: 'suggestion', decision: 'return', text: '核实过，和登记的一致' },
  { id: 'not-for-riders', kind: 'suggestion', decision: 'return', text: '这里不对骑手开放' },
  { id: 'position-unclear', kind: 'suggestion', decision: 'return', text: '位置说不清，请补一张门口的照片' },
  { id: 'out-of-city', kind: 'suggestion', decision: 'return', text: '不在本市范围' },
  { id: 'locked', kind: 'dispute', decision: 'pause', text: '暂时没有开放' },
  { id: 'repairs', kind: 'dispute', decision: 'pause', text: '正在维修' },
  { id: 'staff-away', kind: 'dispute', decision: 'pause', text: '值守人员不在，恢复时间待定' },
  { id: 'moved-away', kind: 'dispute', decision: 'retire', text: '已经搬走' },
  { id: 'closed-down', kind: 'dispute', decision: 'retire', text: '已经停办' },
  { id: 'was-fine', kind: 'report', decision: 'return', text: '到现场看过，当时正常' },
  { id: 'more-detail', kind: 'report', decision: 'return', text: '说明太少，核实不了，请补充后再报' },
  { id: 'not-ours', kind: 'report', decision: 'return', text: '不属于这个点位的事' },
  { id: 'repaired', kind: 'report', decision: 'approve', text: '已修好' },
  { id: 'told', kind: 'report', decision: 'approve', text: '已联系负责人整改' },
  { id: 'faces', kind: 'photo', decision: 'return', text: '照片里能认出人或车牌' },
  { id: 'unclear', kind: 'photo', decision: 'return', text: '看不清是哪里' },
  { id: 'other-place', kind: 'photo', decision: 'return', text: '拍的不是这个点位' },
];
