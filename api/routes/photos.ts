// POST /api/photos: a photo for a report that follows. Nobody sees it before the city has looked at it.

import { createHash } from 'node:crypto';
import { z } from 'zod';
import { PHOTO_ID } from '../../data/photo.ts';
import type { AppContext } from '../context.ts';
import { addressOf, created, DEVICE_HEADER, IDEMPOTENCY_HEADER } from '../creation.ts';
import { deviceOf } from '../device-token.ts';
import { onceFor } from '../idempotency.ts';
import { uploadedPhoto } from '../photo-upload.ts';
import { openPhotoFolder } from '../photos.ts';
import { type Route, route } from '../route.ts';

export const photoAnswerSchema = z.strictObject({
  id: z.string().regex(PHOTO_ID).describe('写进反映的 photoIds；24 小时内没有用上就删除'),
});

const UPLOAD = {
  'multipart/form-data': {
    type: 'object',
    properties: { photo: { type: 'string', contentMediaType: 'image/*', description: '一张照片' } },
    required: ['photo'],
  },
};

export function photoRoutes({ store, secret, limits, headers, config }: AppContext): Route[] {
  const folder = openPhotoFolder(config.dataFolder);
  return [
    route({
      method: 'post',
      path: '/api/photos',
      operation: {
        id: 'createPhoto',
        tag: '骑手的话',
        summary: '上传一张照片',
        description: 'JPEG、PNG、WebP，8 MB、2400 万像素以内。重新压缩，去掉位置等附带信息；不公开。',
        headers: { ...DEVICE_HEADER, ...IDEMPOTENCY_HEADER },
        upload: UPLOAD,
        answers: {
          201: { description: '收下了', content: { 'application/json': 'PhotoAnswer' } },
          401: { description: '没有 Device-Token，或不是本站发的' },
          403: { description: '来自别的网站的网页' },
          413: { description: '文件太大，或像素太多' },
          415: { description: '不是照片' },
          422: { description: '照片打不开，或 Idempotency-Key 用在了内容不同的请求上' },
          429: { description: '传得太多' },
        },
      },
      async handle(request, response) {
        const device = deviceOf(secret, request);
        await limits.photo({ address: addressOf(request), device: device.hash });
        const bytes = await uploadedPhoto(request, response);
        const content = createHash('sha256').update(bytes).digest();
        const once = onceFor(secret, request, { sender: device.hash, content });
        const before = once && (await store.answers.kept<{ id: string }>(once));
        created(response, headers, before ?? (await keep(bytes)));

        async function keep(photo: Buffer): Promise<{ id: string }> {
          const id = await folder.keep(photo);
          try {
            const answer = await store.photos.create(id, device.hash, once);
            // The same upload was under way twice: the other one's files are the ones that are kept.
            if (answer.id !== id) await folder.remove(id);
            return answer;
          } catch (error) {
            await folder.remove(id);
            throw error;
          }
        }
      },
    }),
  ];
}
