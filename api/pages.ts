// The rider's pages as the server writes them: the same answer, from the same snapshot, by the same functions as on the
// phone, so that they work before JavaScript and without it. No origin but a chosen area: positions stay on the phone.

import { readFileSync } from 'node:fs';
import path from 'node:path';
import { answer, placeNow } from '../data/answer.ts';
import { compoundSwap } from '../data/compound-swap.ts';
import { searchCore } from '../data/core-search.ts';
import { readDetails } from '../data/details.ts';
import { PLACE_KIND_LABELS, PLACE_KINDS } from '../data/place.ts';
import { areasPage } from '../web/pages/areas.ts';
import { writeDocument } from '../web/pages/document.ts';
import { helpPage } from '../web/pages/help.ts';
import { homeBody, homeHead } from '../web/pages/home.ts';
import { type Html, serverTags } from '../web/pages/html.ts';
import type { InfoView } from '../web/pages/info-page.ts';
import { mePage } from '../web/pages/me.ts';
import { missingPage } from '../web/pages/missing.ts';
import { announcedNotices, LOCATE_LINES, type Notice } from '../web/pages/notices.ts';
import { openingPage } from '../web/pages/opening.ts';
import { chosenOrigin, defaultOrigin } from '../web/pages/origin.ts';
import { placePage } from '../web/pages/place.ts';
import type { Moment } from '../web/pages/place-parts.ts';
import { privacyPage } from '../web/pages/privacy.ts';
import { riderPage } from '../web/pages/rider-page.ts';
import { searchPage } from '../web/pages/search.ts';
import { pictureNotice, type StartBasemap, type StartState } from '../web/pages/start-state.ts';
import { type Schematic, surroundings } from '../web/pages/surroundings.ts';
import { readWishes, type Wishes, wishesHref } from '../web/pages/wishes.ts';
import type { AppContext } from './context.ts';
import { createPageSource, type PageSource } from './page-source.ts';
import { type PublicCity, publicCity } from './routes/city.ts';
import { SERVICE_WORKER_PATH } from './routes/offline.ts';

/** What the build wrote: names of hashed files. */
interface BuildManifest {
  /** Changes with any file of the app. */
  build: string;
  rider: string;
  'first-paint': string;
  style: string;
  'map-worker': string;
  preload: string[];
  /** Of the live map. */
  map: string[];
}

export interface Pages {
  home(parameters: URLSearchParams, userAgent: string): Promise<string>;
  /** Undefined when there is no such place. */
  place(id: string, userAgent: string): Promise<string | undefined>;
  /** How it works, and whom to call. */
  help(): Promise<string>;
  /** What is kept of whom. */
  privacy(): Promise<string>;
  /** What the phone keeps for when there is no network: the frame alone, since it has the data. */
  shell(): string;
  /** For people who followed a link to nothing. */
  missing(): Promise<string>;
}

export function createPages(context: AppContext, distFolder: string): Pages {
  const { now, schematic } = context;
  const city = publicCity(context);
  const build = JSON.parse(readFileSync(path.join(distFolder, 'manifest.json'), 'utf8')) as BuildManifest;
  const source = createPageSource(context.snapshots);
  const drawing = (schematic?.features ?? []) as unknown as Schematic;
  const notice = city.basemap.approval ?? city.basemap.notice ?? '';
  const basemap = startBasemap(city);
  const appName = city.id === '' ? 'yizhan' : `yizhan-${city.id}`;

  const assets = {
    css: `/assets/${build.style}`,
    firstPaint: `/assets/${build['first-paint']}`,
    script: `/assets/${build.rider}`,
    preload: build.preload.map((file) => `/assets/${file}`),
  };

  const constant = {
    build: build.build,
    schematicUrl: city.basemap.schematicUrl,
    basemap,
    notice,
    mapWorkerUrl: `/assets/${build['map-worker']}`,
    mapScripts: build.map.map((file) => `/assets/${file}`),
    serviceWorkerUrl: context.config.serviceWorker ? SERVICE_WORKER_PATH : null,
    appName,
  };

  function write(
    page: { title: string; description: string; wishes: Wishes; hasTabBar: boolean },
    content: Html,
    from: PageSource,
  ): string {
    const state: StartState = { ...constant, nowMs: now(), manifest: from.manifest };
    return writeDocument({
      title: page.title,
      description: page.description,
      assets,
      state,
      content: riderPage(serverTags, {
        wishes: page.wishes,
        layout: 'read',
        hasDemo: from.core.hasDemo,
        content,
        hasTabBar: page.hasTabBar,
        map: '',
      }),
    });
  }

  /** Pages that are only read. */
  function writeInfo(title: string, content: Html): string {
    const description = `${city.title}：${title}`;
    return writeDocument({ title: `${title} · ${city.title}`, description, assets, state: undefined, content });
  }

  async function infoView(): Promise<InfoView> {
    const { core } = await source();
    return { city: context.city, hasDemo: core.hasDemo, hasForeignMap: city.basemap.styleUrl !== null };
  }

  function momentFor(userAgent: string): Moment {
    return {
      nowMs: now(),
      timezone: city.timezone,
      isWeChat: /MicroMessenger/i.test(userAgent),
      appName,
      isOffline: false,
    };
  }

  function near(wishes: Wishes, from: PageSource, moment: Moment): Html {
    const { core, ways } = from;
    const origin = chosenOrigin(core.city, wishes.area) ?? defaultOrigin(core.city);
    const { kinds, services, open, allDay, count } = wishes;
    const answered = answer(core, ways, {
      origin: origin.point,
      kinds,
      services,
      open,
      allDay,
      count,
      nowMs: moment.nowMs,
    });
    const first = answered.listed[0];
    const isKindEmpty = !core.kind.some((kind) => kinds.includes(PLACE_KINDS[kind] as (typeof PLACE_KINDS)[number]));
    const notices: Notice[] = [
      ...announcedNotices(core, origin.point, moment.nowMs),
      ...(chosenOrigin(core.city, wishes.area)
        ? []
        : [{ kind: 'locate', lines: LOCATE_LINES, button: '定位' } as const]),
      ...(answered.straightLines ? [{ kind: 'straight-lines' } as const] : []),
    ];
    const view = {
      city: core.city,
      wishes,
      needsFirst: [...services, ...(allDay ? (['allDay'] as const) : [])],
      areaName: origin.name,
      areaNote: origin.note,
      answer: answered,
      isKindEmpty,
      notices,
      picture: first
        ? surroundings(serverTags, {
            schematic: drawing,
            origin: origin.point,
            isMeasured: false,
            accuracyMetres: null,
            results: answered.listed,
            route: ways.ride.from(origin.point).path(first.place.target) ?? [],
            notice: pictureNotice({ basemap, notice }, core.city.basemap.notice),
            href: wishesHref(wishes, { view: 'map' }),
          })
        : null,
      selected: null,
      canLocate: false,
      moment,
    };
    return serverTags.html`${homeHead(serverTags, view)} ${homeBody(serverTags, view)}`;
  }

  return {
    async home(parameters, userAgent) {
      const from = await source();
      const wishes = readWishes(parameters);
      const moment = momentFor(userAgent);
      const { core } = from;
      const origin = chosenOrigin(core.city, wishes.area) ?? defaultOrigin(core.city);
      const view = { city: core.city, wishes };
      const content =
        wishes.view === 'areas'
          ? areasPage(serverTags, { ...view, isDenied: false, canLocate: false })
          : wishes.view === 'search'
            ? searchPage(serverTags, { ...view, recent: [], found: searchCore(core, wishes.q, origin.point) })
            : wishes.view === 'me'
              ? mePage(serverTags, {
                  ...view,
                  dataAge: null,
                  hasKeptPosition: null,
                  placeCount: core.count,
                  hasDemo: core.hasDemo,
                  own: null,
                })
              : near(wishes, from, moment);
      const description = `${city.name}骑手驿站、厕所、换电换车和爱心商户：离你最近、现在能用的在哪，怎么进去。`;
      return write({ title: city.title, description, wishes, hasTabBar: true }, content, from);
    },

    async place(id, userAgent) {
      const from = await source();
      const { core, ways, details } = from;
      const i = core.indexOf(id);
      if (i === undefined) return undefined;
      const moment = momentFor(userAgent);
      const place = core.place(i);
      const content = placePage(serverTags, {
        result: placeNow(core, ways, i, place.point, moment.nowMs),
        details: readDetails(details, i),
        hasOrigin: false,
        origin: place.point,
        swap: place.kind === 'scene' ? compoundSwap(core, details, i) : null,
        asked: null,
        isFavourite: null,
        backHref: '/',
        notices: [],
        canShare: false,
        said: null,
        moment,
      });
      const title = `${place.name} · ${PLACE_KIND_LABELS[place.kind]}`;
      const description = `${place.address}${place.demo ? '（演示数据，不是真实点位）' : ''}`;
      return write({ title, description, wishes: readWishes(new URLSearchParams()), hasTabBar: false }, content, from);
    },

    async help() {
      return writeInfo('怎么用', helpPage(serverTags, await infoView()));
    },

    async privacy() {
      return writeInfo('隐私', privacyPage(serverTags, await infoView()));
    },

    shell() {
      const state: StartState = { ...constant, nowMs: null, manifest: null };
      return writeDocument({ title: city.title, description: '', assets, state, content: openingPage(serverTags) });
    },

    async missing() {
      const from = await source();
      const wishes = readWishes(new URLSearchParams());
      const content = missingPage(serverTags);
      return write({ title: `没有这一页 · ${city.title}`, description: '', wishes, hasTabBar: true }, content, from);
    },
  };
}

export function startBasemap({ basemap: { styleUrl, archiveUrl } }: PublicCity): StartBasemap {
  if (archiveUrl !== null) return { kind: 'pmtiles', url: archiveUrl };
  return styleUrl === null ? { kind: 'schematic' } : { kind: 'style', url: styleUrl };
}
