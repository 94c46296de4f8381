// Templates are plain functions that are handed their tags: Lit's on the phone, the escaping ones below on the server.
// So they hold no event listeners, properties or directives, only text and attributes; events are delegated.

/** What a template tag returns; only the tags and the page that they end in know what it is. */
export type Html = unknown;
export type Tag = (strings: TemplateStringsArray, ...values: unknown[]) => Html;

export interface Tags {
  html: Tag;
  /** For fragments that stand inside an <svg>. */
  svg: Tag;
}

/** HTML that is safe to write out as it is. */
export class SafeHtml {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
  toString(): string {
    return this.text;
  }
}

const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

function written(value: unknown): string {
  if (value instanceof SafeHtml) return value.text;
  if (Array.isArray(value)) return value.map(written).join('');
  if (value === null || value === undefined) return '';
  return String(value).replace(/[&<>"']/g, (character) => ESCAPES[character] as string);
}

function escaping(strings: TemplateStringsArray, ...values: unknown[]): SafeHtml {
  return new SafeHtml(strings.reduce((text, part, i) => text + written(values[i - 1]) + part));
}

export const serverTags: Tags = { html: escaping, svg: escaping };
