// Photos. A rider's is seen by nobody before the city has looked at it; then by everybody, until the city takes it down.

import { createHash } from 'node:crypto';
import type { Request } from 'express';
import { z } from 'zod';
import { type Account, mayCurate } from '../../data/account.ts';
import { PHOTO_ID, PHOTO_WIDTHS, type PhotoWidth } from '../../data/photo.ts';
import type { Place } from '../../data/place.ts';
import { placePhotoSchema } from '../../data/place-schema.ts';
import type { AppContext } from '../context.ts';
import { addressOf, created, DEVICE_HEADER, IDEMPOTENCY_HEADER, PLACE_PARAMETER, placeGone } from '../creation.ts';
import { deviceOf } from '../device-token.ts';
import { onceFor } from '../idempotency.ts';
import { words } from '../parameters.ts';
import { uploadedPhoto } from '../photo-upload.ts';
import { openPhotoFolder } from '../photos.ts';
import { Problem } from '../problem.ts';
import { isUnchanged, REVALIDATE, send, sendNothing } from '../reply.ts';
import { usualAlt } from '../review-decision.ts';
import { type Route, route } from '../route.ts';

export const photoAnswerSchema = z.strictObject({
  id: z.string().regex(PHOTO_ID).describe('写进反映或建议的 photoIds；24 小时内没有用上就删除'),
});

export const addedPhotoSchema = placePhotoSchema;

const UPLOAD = {
  'multipart/form-data': {
    type: 'object',
    properties: { photo: { type: 'string', contentMediaType: 'image/*', description: '一张照片' } },
    required: ['photo'],
  },
};
const UPLOAD_PROBLEMS = {
  413: { description: '文件太大，或像素太多' },
  415: { description: '不是照片' },
  422: { description: '照片打不开，或 Idempotency-Key 用在了内容不同的请求上' },
};
const KEEPERS = { roles: ['admin', 'curator'] } as const;
const JPEG = { description: 'JPEG', content: { 'image/jpeg': { type: 'string', contentMediaType: 'image/jpeg' } } };
const FILE = /^([0-9a-f]{32})-(\d{3,4})\.jpg$/;
const MOST_ALT = 60;

export function photoRoutes({ store, secret, limits, headers, config }: AppContext): Route[] {
  const folder = openPhotoFolder(config.dataFolder);
  return [
    route({
      method: 'post',
      path: '/api/photos',
      access: 'anyone',
      operation: {
        id: 'createPhoto',
        tag: '骑手的话',
        summary: '上传一张照片',
        description: 'JPEG、PNG、WebP，8 MB、2400 万像素以内。重新压缩，去掉位置等附带信息；审核以前不公开。',
        headers: { ...DEVICE_HEADER, ...IDEMPOTENCY_HEADER },
        upload: UPLOAD,
        answers: {
          201: { description: '收下了', content: { 'application/json': 'PhotoAnswer' } },
          401: { description: '没有 Device-Token，或不是本站发的' },
          403: { description: '来自别的网站的网页' },
          ...UPLOAD_PROBLEMS,
          429: { description: '传得太多' },
        },
      },
      async handle(request, response) {
        const device = deviceOf(secret, request);
        await limits.photo({ address: addressOf(request), device: device.hash });
        const bytes = await uploadedPhoto(request, response);
        const once = onceFor(secret, request, { sender: device.hash, content: hashOf(bytes) });
        const before = once && (await store.answers.kept<{ id: string }>(once));
        created(response, headers, before ?? (await keep(bytes, (id) => store.photos.create(id, device.hash, once))));
      },
    }),
    route({
      method: 'post',
      path: '/api/places/:id/photos',
      access: KEEPERS,
      query: { alt: words(MOST_ALT, '照片里是什么，读屏时念；不写就说是这个点位的照片') },
      operation: {
        id: 'addPlacePhoto',
        tag: '照片',
        summary: '给点位加一张照片',
        description: '马上公开。每个点位最多 6 张，第一张是门口。',
        pathParameters: PLACE_PARAMETER,
        headers: IDEMPOTENCY_HEADER,
        upload: UPLOAD,
        answers: {
          201: { description: '加好了', content: { 'application/json': 'AddedPhoto' } },
          403: { description: '不在你负责的范围' },
          404: { description: '没有这个点位' },
          409: { description: '照片满了' },
          ...UPLOAD_PROBLEMS,
        },
      },
      async handle(request, response, query, _body, { account }) {
        const place = await placeOf(request);
        requireCharge(account, place);
        const bytes = await uploadedPhoto(request, response);
        const once = onceFor(secret, request, { sender: account.id, content: hashOf(bytes) });
        const before = once && (await store.answers.kept<{ id: string }>(once));
        if (before) return created(response, headers, before);
        const alt = query.alt ?? usualAlt(place.name);
        const added = await keep(bytes, async (id) => {
          const photo = { id, alt, ...(await folder.sizeOf(id)) };
          const answer = await store.photos.addToPlace(place.id, photo, { kind: 'account', name: account.id }, once);
          if (!answer) throw placeGone();
          if ('refused' in answer) throw new Problem('photos-full', '这个点位的照片满了，先去掉一张');
          return answer;
        });
        created(response, headers, added);
      },
    }),
    route({
      method: 'get',
      path: '/api/photos/:id',
      access: KEEPERS,
      operation: {
        id: 'readPhoto',
        tag: '照片',
        summary: '看一张还没公开的照片',
        pathParameters: { id: '照片的编号' },
        answers: { 200: JPEG, 403: { description: '不在你负责的范围' }, 404: { description: '没有这张照片' } },
      },
      async handle(request, response, _query, _body, { account }) {
        const { photo } = await photoInCharge(request, account);
        const bytes = await folder.read(photo.id, PHOTO_WIDTHS[0]);
        if (!bytes) throw missing();
        send(response, { headers: headers.own, type: 'image/jpeg', cache: 'no-store' }, bytes);
      },
    }),
    route({
      method: 'delete',
      path: '/api/photos/:id',
      access: KEEPERS,
      operation: {
        id: 'removePhoto',
        tag: '照片',
        summary: '撤下一张照片',
        description: '马上从点位、快照和它自己的网址撤下，文件删除，不能恢复。',
        pathParameters: { id: '照片的编号' },
        answers: {
          204: { description: '撤下了' },
          403: { description: '不在你负责的范围' },
          404: { description: '没有这张照片' },
        },
      },
      async handle(request, response, _query, _body, { account }) {
        const { photo } = await photoInCharge(request, account);
        const removed = await store.photos.remove(photo.id, { kind: 'account', name: account.id });
        if (!removed) throw missing();
        await folder.remove(photo.id);
        sendNothing(response, headers);
      },
    }),
    route({
      method: 'get',
      path: '/photos/:file',
      access: 'anyone',
      operation: {
        id: 'openPhoto',
        tag: '照片',
        summary: '点位的照片',
        description: '每次用前都要问一声（ETag），所以撤下马上见效。',
        pathParameters: { file: '<编号>-<宽度>.jpg，宽度 1280 或 480' },
        answers: {
          200: JPEG,
          304: { description: '没有变化' },
          404: { description: '没有这张照片，或还没公开' },
          410: { description: '已经撤下' },
        },
      },
      async handle(request, response) {
        const [, id = '', written] = FILE.exec(String(request.params.file)) ?? [];
        const width = PHOTO_WIDTHS.find((each) => each === Number(written));
        const photo = width === undefined ? undefined : await store.photos.get(id);
        if (photo?.state === 'removed') throw new Problem('photo-removed', '这张照片已经撤下');
        if (width === undefined || photo?.state !== 'public') throw missing();
        const answer = { headers: headers.api, type: 'image/jpeg', cache: REVALIDATE, etag: `"${id}-${width}"` };
        if (isUnchanged(request, response, answer)) return;
        send(response, answer, await bytesOf(id, width));
      },
    }),
  ];

  /** Files first, then what the store says of them: where it refuses, or knows the upload already, they go again. */
  async function keep<Answer extends { id: string }>(
    bytes: Buffer,
    tell: (id: string) => Promise<Answer>,
  ): Promise<Answer> {
    const id = await folder.keep(bytes);
    try {
      const answer = await tell(id);
      if (answer.id !== id) await folder.remove(id);
      return answer;
    } catch (error) {
      await folder.remove(id);
      throw error;
    }
  }

  async function bytesOf(id: string, width: PhotoWidth): Promise<Buffer> {
    const bytes = await folder.read(id, width);
    if (!bytes) throw missing();
    return bytes;
  }

  async function placeOf(request: Request): Promise<Place> {
    const id = String(request.params.id);
    const place = (await store.places.get(id)) ?? (await store.places.byShortCode(id));
    if (!place) throw placeGone();
    return place;
  }

  /** @throws Problem 404, 403 for a photo of a place elsewhere; one that nothing names is the city's alone */
  async function photoInCharge(request: Request, account: Account) {
    const id = String(request.params.id);
    const photo = PHOTO_ID.test(id) ? await store.photos.get(id) : undefined;
    if (!photo || photo.state === 'removed') throw missing();
    const placeId = await store.photos.placeIdOf(photo);
    const place = placeId === null ? undefined : await store.places.get(placeId);
    const area = place ? null : await store.photos.districtOf(photo);
    const isInCharge = place
      ? mayCurate(account, place)
      : account.role === 'admin' || (area !== null && area === account.areaCode);
    if (!isInCharge) throw elsewhere();
    return { photo };
  }
}

function requireCharge(account: Account, place: Place): void {
  if (!mayCurate(account, place)) throw elsewhere();
}

function elsewhere(): Problem {
  return new Problem('not-allowed', '不在你负责的范围，这个点位归别的区街');
}

function missing(): Problem {
  return new Problem('not-found', '没有这张照片');
}

function hashOf(bytes: Buffer): Buffer {
  return createHash('sha256').update(bytes).digest();
}
