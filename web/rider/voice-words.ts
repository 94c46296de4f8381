// What came of a rider's word, in words. Pure.

import type { VoiceField } from '../../data/confirmation.ts';
import type { Said } from '../pages/ask.ts';
import type { ConfirmationAnswer, Outcome } from './voices.ts';

export const SENDING: Said = { text: '正在记…', tone: 'none', isDone: false };
const QUEUED: Said = { text: '已存在手机里。有网后打开本页会自动发送', tone: 'warn', isDone: true };

export function confirmSaid(field: VoiceField, value: boolean, outcome: Outcome<ConfirmationAnswer>): Said {
  if (outcome.state !== 'sent') return unsentSaid(outcome);
  return { text: effectWords(field, value, outcome.answer.effect), tone: 'ok', isDone: true };
}

function effectWords(field: VoiceField, value: boolean, effect: ConfirmationAnswer['effect']): string {
  switch (effect) {
    case 'disputed':
      return '已记下，谢谢。不止一个人这么说，这里已标成存疑';
    case 'broken':
      return '已记下，谢谢。不止一个人这么说，已标成故障';
    case 'restored':
      return '已记下，谢谢。这里已恢复正常';
    case 'confirmed':
      return '已记下，谢谢';
    case 'noted':
      if (value) return '已记下，谢谢';
      return field === 'open'
        ? '已记下，谢谢 · 两个人都说关了才会标成存疑'
        : '已记下，谢谢 · 两个人都说坏了才会标成故障';
  }
}

/** For acts whose answer says nothing more. */
export function plainSaid(outcome: Outcome<unknown>, done: string): Said {
  return outcome.state === 'sent' ? { text: done, tone: 'ok', isDone: true } : unsentSaid(outcome);
}

function unsentSaid(outcome: Exclude<Outcome<unknown>, { state: 'sent' }>): Said {
  if (outcome.state === 'queued') return QUEUED;
  if (outcome.state === 'failed') return { text: `没记上，请再点一次。${outcome.reason}`, tone: 'warn', isDone: false };
  return { text: outcome.reason, tone: 'warn', isDone: false };
}
