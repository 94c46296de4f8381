// What a form is told when it cannot be sent, or is sent and refused.

import { ProblemError } from './asking.ts';
import { wordsOf } from './desk-element.ts';
import { type FormErrors, hasErrors, NO_ERRORS } from './pieces.ts';

/** What is empty and must not be, by name; undefined when all is there. */
export function emptyOnes(values: Record<string, string>): Record<string, string> | undefined {
  const missing = Object.entries(values).filter(([, value]) => value.trim() === '');
  return missing.length === 0 ? undefined : Object.fromEntries(missing.map(([name]) => [name, '还没填']));
}

/**
 * A refusal as a form's errors: at the fields that the form has, the rest above it.
 * @param ids of the form's fields, which are the names in the request
 */
export function formErrorsOf(error: unknown, ids: readonly string[]): FormErrors {
  const general = wordsOf(error);
  if (general === null) return NO_ERRORS;
  if (!(error instanceof ProblemError)) return { general, fields: {} };
  const known = error.errors.filter(({ field }) => ids.includes(field));
  const fields = Object.fromEntries(known.map(({ field, message }) => [field, message]));
  return known.length === error.errors.length && hasErrors({ fields }) ? { fields } : { general, fields };
}

/** The same for the editor of places, whose fields are named after paths: `entrance.text` is `f-entrance-text`. */
export function editorErrors(error: unknown, editor: Element): FormErrors {
  const general = wordsOf(error);
  if (general === null) return NO_ERRORS;
  if (!(error instanceof ProblemError) || error.errors.length === 0) return { general, fields: {} };
  const fields = error.errors.map(({ field, message }) => {
    const exact = `f-${field.replaceAll('.', '-')}`;
    return [editor.querySelector(`#${CSS.escape(exact)}`) ? exact : `f-${field.split('.')[0]}`, message];
  });
  return { fields: Object.fromEntries(fields) };
}
