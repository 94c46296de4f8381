// What a route is: declared once, from which the router, the parameter check and the OpenAPI document follow.

import type { Request, Response } from 'express';
import type { z } from 'zod';
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

export interface Route {
  method: 'get' | 'post' | 'patch' | 'delete';
  /** As express writes it: `/api/places/:id`. */
  path: string;
  operation: Operation;
  query: QueryShape;
  /** The schema of its JSON body; without one it reads none. */
  body?: z.ZodType;
  handle(request: Request, response: Response, query: Record<string, unknown>, body: unknown): unknown;
}

/** Lets the handler see the types of the parameters and the body that its route declares. */
export function route<
  Shape extends QueryShape = Record<never, never>,
  Body extends z.ZodType = z.ZodUndefined,
>(definition: {
  method: Route['method'];
  path: string;
  operation: Operation;
  query?: Shape;
  body?: Body;
  handle(request: Request, response: Response, query: QueryValues<Shape>, body: z.output<Body>): unknown;
}): Route {
  const { handle, query, ...rest } = definition;
  return { ...rest, query: query ?? {}, handle: handle as Route['handle'] };
}
