// A multipart upload of one photo, held in memory until it is checked.

import type { Request, Response } from 'express';
import multer from 'multer';
import { PHOTO_BYTES } from '../data/photo.ts';
import { Problem } from './problem.ts';

const receive = multer({
  storage: multer.memoryStorage(),
  limits: { fileSize: PHOTO_BYTES, files: 1, fields: 0, parts: 2, headerPairs: 20, fieldNameSize: 100 },
}).any();

/**
 * The bytes of the one file of a request, whatever its field is called.
 * @throws Problem 415 no multipart, 413 too large, 400 none, several, or other fields
 */
export async function uploadedPhoto(request: Request, response: Response): Promise<Buffer> {
  if (!/^multipart\/form-data *;/i.test(request.headers['content-type'] ?? '')) {
    throw new Problem('unsupported-type', '照片要用 multipart/form-data 上传');
  }
  await new Promise<void>((resolve, reject) => {
    receive(request, response, (error: unknown) =>
      error === undefined || error === null ? resolve() : reject(uploadProblem(error)),
    );
  });
  const files: unknown = request.files;
  const [file] = Array.isArray(files) ? (files as Express.Multer.File[]) : [];
  if (!file) throw new Problem('bad-upload', '没有收到照片：要带一个文件');
  return file.buffer;
}

function uploadProblem(error: unknown): Problem {
  const code = error instanceof multer.MulterError ? error.code : '';
  if (code === 'LIMIT_FILE_SIZE') {
    return new Problem('photo-too-large', `照片最多 ${PHOTO_BYTES / 1024 / 1024} MB`);
  }
  if (code === '') return new Problem('bad-upload', '上传的内容不完整，请重新上传');
  return new Problem('bad-upload', '一次只传一张照片，不带别的内容');
}
