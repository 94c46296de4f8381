// OpenAPI 3.1, written from the routes and the schemas that they use: nothing is said twice.

import { z } from 'zod';
import {
  acceptedInvitationSchema,
  accountListSchema,
  accountSchema,
  codeRequestedSchema,
  invitationListSchema,
  lookedAtInvitationSchema,
  newInvitationAnswerSchema,
  pendingActListSchema,
  pendingActSchema,
  revealedPhoneSchema,
  sessionListSchema,
  signedInSchema,
  signInCodeSchema,
  totpAnswerSchema,
} from '../data/account-schema.ts';
import {
  deskAnnouncementListSchema,
  deskAnnouncementSchema,
  runningAnnouncementsSchema,
} from '../data/announcement-schema.ts';
import { apiKeyListSchema, madeApiKeySchema } from '../data/api-key-schema.ts';
import { bulkEditAnswerSchema } from '../data/bulk-edit-schema.ts';
import { bikeCountAnswerSchema, checkInAnswerSchema } from '../data/check-in-schema.ts';
import { confirmationAnswerSchema } from '../data/confirmation-schema.ts';
import { hoursReadingSchema } from '../data/hours-reading-schema.ts';
import {
  auditListSchema,
  auditVerdictSchema,
  deskPlaceListSchema,
  deskPlaceSchema,
  placeHistorySchema,
  revealedContactSchema,
  todaySchema,
} from '../data/place-desk-schema.ts';
import { quickActAnswerSchema } from '../data/quick-act-schema.ts';
import { receiptSchema, reportAnswerSchema } from '../data/report-schema.ts';
import {
  noteRevealAnswerSchema,
  reviewDetailSchema,
  reviewListSchema,
  reviewReasonsSchema,
} from '../data/review-schema.ts';
import { suggestionAnswerSchema } from '../data/suggestion-schema.ts';
import type { AppContext } from './context.ts';
import { featureSchema } from './index/feature.ts';
import type { Parameter } from './parameters.ts';
import { problemSchema } from './problem.ts';
import type { Documented, Route } from './route.ts';
import { publicCitySchema, statsSchema } from './routes/city.ts';
import { collectionSchema } from './routes/collection.ts';
import { deviceAnswerSchema } from './routes/devices.ts';
import { healthSchema, readinessSchema } from './routes/health.ts';
import { addedPhotoSchema, photoAnswerSchema } from './routes/photos.ts';
import { manifestSchema } from './routes/snapshot.ts';

const COMPONENTS = {
  Feature: featureSchema,
  PlaceCollection: collectionSchema,
  SnapshotManifest: manifestSchema,
  City: publicCitySchema,
  Stats: statsSchema,
  Health: healthSchema,
  Readiness: readinessSchema,
  Device: deviceAnswerSchema,
  ConfirmationAnswer: confirmationAnswerSchema,
  ReportAnswer: reportAnswerSchema,
  Receipt: receiptSchema,
  PhotoAnswer: photoAnswerSchema,
  AddedPhoto: addedPhotoSchema,
  SuggestionAnswer: suggestionAnswerSchema,
  ReviewList: reviewListSchema,
  ReviewDetail: reviewDetailSchema,
  ReviewReasons: reviewReasonsSchema,
  NoteReveal: noteRevealAnswerSchema,
  RunningAnnouncements: runningAnnouncementsSchema,
  ApiKeyList: apiKeyListSchema,
  MadeApiKey: madeApiKeySchema,
  DeskAnnouncement: deskAnnouncementSchema,
  DeskAnnouncementList: deskAnnouncementListSchema,
  HoursReading: hoursReadingSchema,
  DeskPlace: deskPlaceSchema,
  DeskPlaceList: deskPlaceListSchema,
  PlaceHistory: placeHistorySchema,
  PlaceContact: revealedContactSchema,
  BulkEditAnswer: bulkEditAnswerSchema,
  QuickActAnswer: quickActAnswerSchema,
  Today: todaySchema,
  AuditList: auditListSchema,
  AuditVerdict: auditVerdictSchema,
  CheckInAnswer: checkInAnswerSchema,
  BikeCountAnswer: bikeCountAnswerSchema,
  TotpAnswer: totpAnswerSchema,
  Account: accountSchema,
  AccountList: accountListSchema,
  SignedIn: signedInSchema,
  SessionList: sessionListSchema,
  InvitationList: invitationListSchema,
  NewInvitation: newInvitationAnswerSchema,
  LookedAtInvitation: lookedAtInvitationSchema,
  AcceptedInvitation: acceptedInvitationSchema,
  SignInCode: signInCodeSchema,
  CodeRequested: codeRequestedSchema,
  RevealedPhone: revealedPhoneSchema,
  PendingAct: pendingActSchema,
  PendingActList: pendingActListSchema,
  Problem: problemSchema,
};

export function openApiDocument(
  { city, config }: Pick<AppContext, 'city' | 'config'>,
  routes: readonly Route[],
): object {
  const paths: Record<string, Record<string, object>> = {};
  for (const each of routes) {
    const path = each.path.replaceAll(/:(\w+)/g, '{$1}');
    paths[path] = { ...paths[path], [each.method]: operationOf(each) };
  }
  const tags = [...new Set(routes.map((each) => each.operation.tag))];
  return {
    openapi: '3.1.0',
    info: {
      title: `${city.title} · 开放接口`,
      version: '1.0.0',
      description:
        '坐标一律 WGS-84，先经度后纬度。时间是 RFC 3339，带城市时区。出错一律是 application/problem+json，code 不变，可以给程序用。',
      license: { name: 'MIT', identifier: 'MIT' },
      contact: { email: city.contactEmail },
    },
    servers: [{ url: config.publicUrl }],
    tags: tags.map((name) => ({ name })),
    security: [],
    paths,
    components: { schemas: componentSchemas() },
  };
}

function operationOf({ operation, query, path, body }: Route): object {
  const { id, tag, summary, description, pathParameters = {}, headers = {}, upload, answers } = operation;
  const content = body ? { 'application/json': bodySchema(body) } : upload;
  const isChecked = path.startsWith('/api/');
  return {
    operationId: id,
    tags: [tag],
    summary,
    ...(description !== undefined && { description }),
    parameters: [
      ...Object.entries(pathParameters).map(([name, what]) => ({
        name,
        in: 'path',
        required: true,
        description: what,
        schema: { type: 'string' },
      })),
      ...Object.entries(query).map(([name, parameter]) => queryParameter(name, parameter)),
      ...Object.entries(headers).map(([name, header]) => ({
        name,
        in: 'header',
        ...header,
        schema: { type: 'string' },
      })),
    ],
    ...(content && { requestBody: { required: true, content: mediaOf(content) } }),
    responses: {
      ...Object.fromEntries(
        Object.entries(answers).map(([status, answer]) => [status, answerOf(Number(status), answer)]),
      ),
      ...(isChecked && { 400: problemAnswer('参数不对；errors 里逐个说明') }),
      '5XX': problemAnswer('服务器出错'),
    },
  };
}

function queryParameter(name: string, { description, schema, required, list }: Parameter<unknown>): object {
  const style = list && { style: 'form', explode: false };
  return { name, in: 'query', description, ...(required && { required }), ...style, schema };
}

function answerOf(status: number, { description, content }: Documented): object {
  if (!content) return status >= 400 ? problemAnswer(description) : { description };
  return { description, content: mediaOf(content) };
}

function mediaOf(content: NonNullable<Documented['content']>): object {
  const media = Object.entries(content).map(([type, schema]) => {
    return [type, { schema: typeof schema === 'string' ? referenceTo(schema) : schema }];
  });
  return Object.fromEntries(media);
}

/** The JSON Schema of a request's body. */
export function bodySchema(body: z.ZodType): object {
  const { $schema: _, ...schema } = z.toJSONSchema(body, { io: 'input' });
  return schema;
}

function problemAnswer(description: string): object {
  return { description, content: { 'application/problem+json': { schema: referenceTo('Problem') } } };
}

function referenceTo(name: string): object {
  return { $ref: `#/components/schemas/${name}` };
}

function componentSchemas(): object {
  const registry = z.registry<{ id: string }>();
  for (const [id, schema] of Object.entries(COMPONENTS)) registry.add(schema, { id });
  const { schemas } = z.toJSONSchema(registry, { io: 'output', uri: (id) => `#/components/schemas/${id}` });
  return Object.fromEntries(
    Object.entries(schemas).map(([id, schema]) => {
      const { $schema: _, $id: __, ...rest } = schema as Record<string, unknown>;
      return [id, rest];
    }),
  );
}
