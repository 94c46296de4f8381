// What a route is: declared once, from which the router, the parameter check and the OpenAPI document follow.

import type { Request, Response } from 'express';
import type { z } from 'zod';
import type { Role } from '../data/account.ts';
import type { ApiScope } from '../data/api-key.ts';
import type { Caller, SignedIn } from './identity.ts';
import type { Parameter } from './parameters.ts';

export type QueryShape = Record<string, Parameter<unknown>>;
export type QueryValues<Shape extends QueryShape> = {
  [Name in keyof Shape]: Shape[Name] extends Parameter<infer Value> ? Value : never;
};

/** One answer as the OpenAPI document shows it. */
export interface Documented {
  description: string;
  /** Media type → name of a schema in the components, or a schema. */
  content?: Record<string, string | object>;
}

export interface Operation {
  id: string;
  tag: string;
  summary: string;
  description?: string;
  /** Name → what it is. */
  pathParameters?: Record<string, string>;
  /** Request headers of its own, by name. */
  headers?: Record<string, { description: string; required: boolean }>;
  /** Media type → JSON Schema, of a body that is no JSON. */
  upload?: Record<string, object>;
  answers: Record<number, Documented>;
}

/**
 * Who may call a route. `roles` need a session; `isDangerous` needs one whose password was asked for within the last ten
 * minutes; a program's key with `scope` opens it too. What an account may do to one place is asked in the route, of `data/account.ts`.
 */
export type Access = 'anyone' | { roles: readonly Role[]; isDangerous?: true; scope?: ApiScope };

export interface Route {
  method: 'get' | 'post' | 'patch' | 'delete';
  /** As express writes it: `/api/places/:id`. */
  path: string;
  access: Access;
  operation: Operation;
  query: QueryShape;
  /** A GET for anyone that answers at once, with nothing of express: `createServer` calls it without the router. */
  isFast?: true;
  /** The schema of its JSON body; without one it reads none. */
  body?: z.ZodType;
  handle(
    request: Request,
    response: Response,
    query: Record<string, unknown>,
    body: unknown,
    signedIn: Caller | undefined,
  ): unknown;
}

/** Lets the handler see the types of the parameters and the body that its route declares. */
export function route<
  Shape extends QueryShape = Record<never, never>,
  Body extends z.ZodType = z.ZodUndefined,
  const Who extends Access = Access,
>(definition: {
  method: Route['method'];
  path: string;
  access: Who;
  operation: Operation;
  isFast?: true;
  query?: Shape;
  body?: Body;
  handle(
    request: Request,
    response: Response,
    query: QueryValues<Shape>,
    body: z.output<Body>,
    signedIn: Who extends 'anyone' ? undefined : Who extends { scope: ApiScope } ? Caller : SignedIn,
  ): unknown;
}): Route {
  const { handle, query, ...rest } = definition;
  return { ...rest, query: query ?? {}, handle: handle as Route['handle'] };
}
