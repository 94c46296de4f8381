// What a demonstration of a city is made from: words, proportions and neighbourhoods, in the profile's `demo.json`.
// The generator knows the nouns; which streets, shops and hours there are is the city's own.

import { z } from 'zod';
import { ACCESS_WAYS, AUDIENCES, CONFIRMERS, HOSTS, MERCHANT_CATEGORIES, SCENE_TYPES } from './place.ts';
import { gateRuleSchema, pointSchema } from './place-schema.ts';
import { SERVICE_CODES } from './service.ts';

const words = z.array(z.string().min(1)).min(1);
const weight = z.number().positive('权重要大于 0');
const share = z.number().min(0, '比例在 0 到 1 之间').max(1, '比例在 0 到 1 之间');
const weightedBy = <Value extends z.ZodType>(value: Value) => z.array(z.tuple([value, weight])).min(1);
/** Opening hours in OSM syntax; null is unknown. */
const hours = weightedBy(z.string().max(255).nullable());

/** Part of a district where places gather. Streets are real ones nearby; what stands in them is made up. */
const areaSchema = z.strictObject({
  name: z.string().min(1),
  point: pointSchema,
  /** Standard deviation around the point. */
  spreadMetres: z.number().min(50).max(5000),
  weight,
  streets: words,
});

const variantSchema = z.strictObject({
  weight,
  host: z.enum(HOSTS).nullable(),
  /** With slots: {street}, {area} and the names of `words`, for example `{street}{side}工会驿站`. */
  names: words,
  /** Names of an entry of `addresses`, of `hours` and of `services`. */
  addresses: z.string(),
  hours: z.string(),
  services: z.string(),
  access: weightedBy(z.enum(ACCESS_WAYS)),
  audience: z.array(z.enum(AUDIENCES)).min(1),
});

const sceneVariantSchema = variantSchema.extend({
  sceneType: z.enum(SCENE_TYPES),
  /** Least and most. */
  gates: z.tuple([z.int().min(0), z.int().max(8)]),
  /** How many such scenes list their buildings and units. */
  withBuildings: share,
});

const count = z.int().min(0).max(100_000);
const recipe = <Variant extends z.ZodType>(variant: Variant) =>
  z.strictObject({
    count,
    /** Multiplies the spread of the areas. */
    scatter: z.number().min(0.2).max(3),
    /** How many gather around the city's landmarks instead of the areas. */
    atLandmarks: share,
    variants: z.array(variant).min(1),
  });

const demoSchema = z.strictObject({
  /** Every name begins with it, so that nobody takes one for real. */
  marker: z.string().min(1),
  /** Every address ends with it. */
  addressMarker: z.string().min(1),
  /** What follows the district's name; with slots: {street}, {cross} (another street there), and those of names. */
  addresses: z.record(z.string(), weightedBy(z.string().min(1))),
  /** Slots that are numbers, the least and the most; low ones come more often, as in streets. */
  numbers: z.record(z.string(), z.tuple([z.int().min(0), z.int().max(100_000)])),
  source: z.string().min(1),
  /** How far beyond its district's box a place may stand. */
  neighbourhoodMetres: z.number().min(0).max(10_000),
  /** Nothing stands nearer to a river than this. */
  bankMetres: z.number().min(0).max(1000),
  /** No two places stand nearer to each other than this, those inside one compound or at one toilet included. */
  apartMetres: z.number().min(1).max(100),
  districts: z
    .array(z.strictObject({ code: z.string().regex(/^\d{6}$/), weight, areas: z.array(areaSchema).min(1).max(99) }))
    .min(1),
  landmarks: z.strictObject({ ids: z.array(z.string()), spreadMetres: z.number().min(50).max(2000) }),
  /** The lists that slots of names and sentences draw from. A word may have slots of its own; an empty one is silence. */
  words: z.record(z.string(), z.array(z.string()).min(1)),
  hours: z.record(z.string(), hours),
  /**
   * How likely each service is in a place of this sort, and how many places of one area and host were fitted out alike:
   * the same bank has the same things on each of its counters.
   */
  services: z.record(
    z.string(),
    z.strictObject({ alike: share, has: z.array(z.tuple([z.enum(SERVICE_CODES), share])) }),
  ),
  /** What is known of a service that a place has. */
  condition: z.strictObject({
    confirmed: share,
    declared: share,
    unknown: share,
    broken: share,
    /** Places of which one visit said all: their facilities stand alike, but for what is broken. */
    seenWhole: share,
    /** Within so many days a grid worker has been to each place of a community, on one day. */
    roundDays: z.int().min(1).max(60),
    /** Places that nobody has ever confirmed. */
    neverConfirmed: share,
    oldestConfirmationDays: z.int().min(1).max(365),
    confirmers: weightedBy(z.enum(CONFIRMERS)),
    paused: share,
    pausedReasons: words,
    disputed: share,
    disputedReasons: words,
    /** Places that have a dated exception in their hours. */
    exceptions: share,
    exceptionReasons: words,
    approximate: share,
  }),
  entrance: z.strictObject({ share, withPoint: share, sentences: words }),
  station: recipe(variantSchema),
  merchant: recipe(variantSchema.extend({ category: z.enum(MERCHANT_CATEGORIES) })),
  toilet: recipe(variantSchema),
  'battery-swap': recipe(variantSchema).extend({ operators: words, slots: z.array(z.int().min(1)).min(1) }),
  scene: recipe(sceneVariantSchema).extend({
    gateNames: words,
    /** Sets of rules; a gate has one of them. */
    gateRules: weightedBy(z.array(gateRuleSchema).min(1)),
    signatories: z.strictObject({ first: z.string().min(1), platforms: words }),
    /** With the slot {number}. */
    building: z.string().min(1),
    unit: z.string().min(1),
  }),
  /** Parking bays belong to toilets. */
  parking: z.strictObject({
    count,
    name: z.string().min(1),
    bays: z.array(z.int().min(1)).min(1),
    maxMinutes: z.array(z.int().min(1)).min(1),
    marking: words,
  }),
  /** Bicycle exchanges belong to compounds. */
  'bike-swap': z.strictObject({
    count,
    name: z.string().min(1),
    bikes: z.array(z.int().min(1)).min(1),
    /** Points where nobody has reported a count yet. */
    unreported: share,
    rules: words,
  }),
});

/** Names that must lead somewhere: addresses, hours, services and slots. */
export const checkedDemoSchema = demoSchema.superRefine((demo, context) => {
  const say = (path: (string | number)[], message: string) => context.addIssue({ code: 'custom', path, message });
  const lists = [...Object.keys(demo.words), ...Object.keys(demo.numbers)];
  const sayUnknownSlots = (path: (string | number)[], templates: readonly string[], given: readonly string[]) => {
    for (const slot of slotsOf(templates.join())) {
      if (!lists.includes(slot) && !given.includes(slot)) say(path, `words 里没有 ${slot}`);
    }
  };
  for (const kind of ['station', 'merchant', 'toilet', 'battery-swap', 'scene'] as const) {
    demo[kind].variants.forEach((variant, index) => {
      for (const key of ['addresses', 'hours', 'services'] as const) {
        if (!demo[key][variant[key]]) say([kind, 'variants', index, key], `${key} 里没有 ${variant[key]}`);
      }
      sayUnknownSlots([kind, 'variants', index, 'names'], variant.names, ['street', 'area']);
    });
  }
  if (demo.parking.count > demo.toilet.count) say(['parking', 'count'], '临停泊位设在公厕旁，不能比公厕多');
  for (const [sort, templates] of Object.entries(demo.addresses)) {
    const all = templates.map(([template]) => template);
    sayUnknownSlots(['addresses', sort], all, ['street', 'cross']);
  }
  for (const [list, all] of Object.entries(demo.words)) sayUnknownSlots(['words', list], all, ['street', 'area']);
  sayUnknownSlots(['entrance', 'sentences'], demo.entrance.sentences, []);
  for (const [slot, [least, most]] of Object.entries(demo.numbers)) {
    if (least > most) say(['numbers', slot], '小的写在前面，大的写在后面');
  }
  const { confirmed, declared, unknown, broken } = demo.condition;
  if (Math.abs(confirmed + declared + unknown + broken - 1) > 1e-9) {
    say(['condition'], 'confirmed、declared、unknown、broken 加起来要等于 1');
  }
});

function slotsOf(template: string): string[] {
  return [...template.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? '');
}

export type Demo = z.infer<typeof demoSchema>;
export type DemoArea = z.infer<typeof areaSchema>;
export type DemoVariant = z.infer<typeof variantSchema>;
