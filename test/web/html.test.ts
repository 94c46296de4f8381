import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { writeDocument } from '../../web/pages/document.ts';
import { SafeHtml, serverTags } from '../../web/pages/html.ts';

const { html } = serverTags;
const awkward = fc.string({ unit: fc.constantFrom('<', '>', '&', '"', "'", '`', '/', 'a', '驿', '&lt;', '</p>') });
const read = (text: string) =>
  text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&');

describe('the tag of the server', () => {
  test('escapes whatever is put into it, so that it reads as it was', () => {
    fc.assert(
      fc.property(awkward, awkward, (attribute, text) => {
        const written = String(html`<p title="${attribute}">${text}</p>`);
        const parts = /^<p title="([^<>"']*)">([^<>"']*)<\/p>$/.exec(written);
        expect(parts?.slice(1).map(read)).toEqual([attribute, text]);
      }),
    );
  });

  test('writes templates within templates as they are, lists one after the other, and nothing for nothing', () => {
    const inner = html`<b>${'<'}</b>`;
    expect(String(html`${inner}${[inner, ['&', null]]}${null}${undefined}${0}${false}`)).toBe(
      '<b>&lt;</b><b>&lt;</b>&amp;0false',
    );
  });

  test('takes nothing else for markup', () => {
    expect(String(html`${{ text: '<b>', toString: () => '<i>' }}`)).toBe('&lt;i&gt;');
    expect(String(html`${new SafeHtml('<i>')}`)).toBe('<i>');
  });
});

describe('the document', () => {
  const written = (changes: Partial<Parameters<typeof writeDocument>[0]>) =>
    writeDocument({
      title: '驿站',
      description: '附近',
      assets: {
        css: '/assets/a.css',
        firstPaint: '/assets/first-paint.js',
        script: '/assets/a.js',
        preload: ['/assets/b.js'],
      },
      state: {},
      content: '',
      ...changes,
    });

  test('hands its state to the script whatever is in it', () => {
    fc.assert(
      fc.property(fc.oneof(awkward, fc.constant('</script><script>alert(1)</script><!--')), (text) => {
        const page = written({ state: { text } });
        const [, state] = /<script type="application\/json" id="state">([^<]*)<\/script>/.exec(page) ?? [];
        expect(JSON.parse(state ?? '')).toEqual({ text });
        expect(page.match(/<script/g)).toHaveLength(3);
      }),
    );
  });

  test('escapes title, description and content', () => {
    const page = written({ title: '</title><b>', description: '"><b>', content: '<b>' });
    expect(page).not.toContain('<b>');
    expect(page).toContain('<title>&lt;/title&gt;&lt;b&gt;</title>');
    expect(page).toContain('content="&quot;&gt;&lt;b&gt;"');
  });

  test('is Chinese, can be enlarged, and loads what the build wrote', () => {
    const page = written({});
    expect(page).toMatch(/^<!doctype html>\n<html lang="zh-CN">/);
    expect(page).not.toMatch(/user-scalable|maximum-scale/);
    for (const file of ['/assets/a.css', '/assets/a.js', '/assets/b.js']) expect(page).toContain(`"${file}"`);
  });
});
