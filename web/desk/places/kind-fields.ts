// The fields that only some kinds of places have, and how each is edited.

import {
  MERCHANT_CATEGORIES,
  MERCHANT_CATEGORY_LABELS,
  type PlaceKind,
  SCENE_TYPE_LABELS,
  SCENE_TYPES,
} from '../../../data/place.ts';
import type { Choice } from '../pieces.ts';
import { VEHICLE_LABELS } from './place-words.ts';

export interface KindField {
  field: string;
  control: 'text' | 'count' | 'yes-no' | 'yes-no-unknown' | 'choice' | 'lines' | 'moment';
  choices?: readonly Choice[];
  hint?: string;
}

const choices = (words: readonly string[], labels: Readonly<Record<string, string>>): Choice[] =>
  words.map((value) => ({ value, label: labels[value] ?? value }));

export const KIND_FIELDS: Readonly<Record<PlaceKind, readonly KindField[]>> = {
  station: [{ field: 'seats', control: 'count' }],
  merchant: [{ field: 'category', control: 'choice', choices: choices(MERCHANT_CATEGORIES, MERCHANT_CATEGORY_LABELS) }],
  parking: [
    { field: 'bays', control: 'count' },
    { field: 'maxMinutes', control: 'count' },
    { field: 'vehicle', control: 'choice', choices: choices(Object.keys(VEHICLE_LABELS), VEHICLE_LABELS) },
    { field: 'atToilet', control: 'yes-no' },
    { field: 'marking', control: 'text' },
  ],
  toilet: [{ field: 'barrierFree', control: 'yes-no-unknown' }],
  'bike-swap': [
    { field: 'bikesTotal', control: 'count' },
    { field: 'compound', control: 'text' },
    { field: 'rules', control: 'text' },
  ],
  'battery-swap': [
    { field: 'slots', control: 'count' },
    { field: 'operator', control: 'text' },
  ],
  scene: [
    { field: 'sceneType', control: 'choice', choices: choices(SCENE_TYPES, SCENE_TYPE_LABELS) },
    { field: 'signatories', control: 'lines', hint: '一行一个：物业，和各平台的站点' },
  ],
  'event-point': [
    { field: 'eventName', control: 'text' },
    { field: 'eventFrom', control: 'moment' },
    { field: 'eventUntil', control: 'moment' },
  ],
};
