import { describe, expect, test } from '@jest/globals';
import type { Point } from '../../data/place.ts';
import { helpPage } from '../../web/pages/help.ts';
import { serverTags } from '../../web/pages/html.ts';
import { SWITCHES, USUAL_MODES } from '../../web/pages/mode-controls.ts';
import { privacyPage } from '../../web/pages/privacy.ts';
import type { Kept } from '../../web/rider/keeping.ts';
import { loaded, pocketOf } from '../data/pocket.ts';
import { station } from '../data/store/support.ts';
import { expectWellMade, readScreen, screenOf, stateOf } from './screens.ts';

const HERE: Point = [126.6118, 45.7729];
const pocket = pocketOf([
  station({ id: 'near-one', name: '一号驿站', point: HERE, hoursOsm: '24/7' }),
  station({ name: '演示·二号驿站', demo: true, point: [126.62, 45.77], hoursOsm: 'Mo-Su 07:00-22:00' }),
]);
const { city } = loaded;
const usual: Kept = { modes: USUAL_MODES, winter: 'off', favourites: [], searches: [], hasReadHint: false };
const shown = (query: string, kept: Partial<Kept> | null = {}, changes: Parameters<typeof stateOf>[2] = {}) =>
  screenOf(stateOf(pocket, query, { kept: kept && { ...usual, ...kept }, ...changes }));
const isDemo = (id: string) => id.startsWith('demo-');

describe('我的', () => {
  test('lists favourites as they stand now, with their minutes', () => {
    const screen = shown('view=me', { favourites: [{ id: 'near-one', name: '一号驿站' }] });
    expect(screen.text).toMatch(/收藏 从中央大街附近算 一号驿站 24 小时 1 分钟 10 米/);
    expect(screen.html).toContain('href="/p/near-one"');
    expectWellMade(screen, isDemo);
  });

  test('calls a favourite that is gone by its name, and offers to remove it', () => {
    const screen = shown('view=me', { favourites: [{ id: 'gone', name: '拆了的驿站' }] });
    expect(screen.text).toMatch(/拆了的驿站 现在的数据里没有它了，可能已经撤销 移除/);
    expect(screen.html).toMatch(/data-act="favourite" data-id="gone" data-name="拆了的驿站"/);
    expectWellMade(screen, isDemo);
  });

  test('says how to make a favourite while there is none', () => {
    expect(shown('view=me').text).toContain('还没有收藏。在点位页点右上角的星');
  });

  test('shows which modes are on', () => {
    const { html } = shown('view=me', { modes: { theme: 'contrast', large: true, gloves: false, winter: false } });
    expect(html).toContain('data-theme="contrast" aria-pressed="true"');
    expect(html).toContain('data-theme="system" aria-pressed="false"');
    expect(html).toContain('data-mode="large" aria-checked="true"');
    expect(html).toContain('data-mode="gloves" aria-checked="false"');
    expect(html.match(/role="switch"/g)).toHaveLength(SWITCHES.length);
  });

  test('shows nothing that needs the script before the script is there', () => {
    const { html } = shown('view=me', null);
    expect(html).not.toMatch(/role="switch"|data-act="theme"|收藏/);
    expect(html).toContain('href="/help"');
    expect(html).toContain('href="/privacy"');
  });
});

describe('the star of a place', () => {
  const onPage = (kept: Partial<Kept> | null) => shown('', kept, { placeId: 'near-one' }).html;
  test('says whether it is kept, and is not there where nobody knows', () => {
    expect(onPage({})).toContain('aria-pressed="false" aria-label="收藏"');
    expect(onPage({ favourites: [{ id: 'near-one', name: '一号驿站' }] })).toContain(
      'aria-pressed="true" aria-label="收藏"',
    );
    expect(onPage(null)).not.toContain('data-act="favourite"');
  });
});

describe('searching', () => {
  test('offers what was searched for lately while nothing is typed', () => {
    const screen = shown('view=search', { searches: ['热水', '<b>粗'] });
    expect(screen.text).toMatch(/最近搜过 清空 热水 <b>粗/);
    expect(screen.html).toContain(`href="/?view=search&amp;q=${encodeURIComponent('热水')}"`);
    expect(shown('view=search').text).not.toContain('最近搜过');
  });

  test('says that one more character is needed', () => {
    expect(shown('view=search').text).toContain('输入两个字就能搜');
    expect(shown('view=search&q=卓').text).toContain('再输一个字就能搜');
  });
});

describe('in WeChat', () => {
  const hint = '在微信里：点右上角“…”→在浏览器打开，定位更准';
  test('a hint is there until it was read, and elsewhere never', () => {
    expect(shown('', {}, { isWeChat: true }).text).toContain(hint);
    expect(shown('', { hasReadHint: true }, { isWeChat: true }).text).not.toContain(hint);
    expect(shown('', {}).text).not.toContain(hint);
  });
});

describe('the pages that are only read', () => {
  const view = { city, hasDemo: true, hasForeignMap: false };
  const pages = { help: helpPage, privacy: privacyPage };

  test.each(Object.entries(pages))(
    '/%s is well made, has one heading of the first order and a way back',
    (_name, page) => {
      const screen = readScreen(String(page(serverTags, view)));
      expectWellMade(
        { ...screen, text: screen.text.replaceAll(city.contactEmail, '').replace('A', '').replaceAll('AA', '') },
        isDemo,
      );
      expect(screen.html.match(/<h1/g)).toHaveLength(1);
      expect(screen.html).toContain('href="/?view=me"');
      expect(screen.html).toContain(`href="mailto:${city.contactEmail}"`);
    },
  );

  test('help says whom to call and which bridges are ridden', () => {
    const { html, text } = readScreen(String(helpPage(serverTags, view)));
    for (const { number } of city.help) expect(html).toContain(`href="tel:${number}"`);
    expect(text).toMatch(/按走能骑的桥算（公路大桥、松浦大桥）.*阳明滩大桥、滨北公铁两用桥能不能骑还没有确认/);
    expect(text).toContain('无障碍说明');
  });

  test('help says nothing of rivers and demonstrations where there are none', () => {
    const { text } = readScreen(
      String(helpPage(serverTags, { ...view, hasDemo: false, city: { ...city, barriers: [], crossings: [] } })),
    );
    expect(text).not.toMatch(/两岸|演示|桥/);
  });

  test('privacy names who runs it, the filings, and a foreign map where there is one', () => {
    const filings = [{ name: '黑ICP备00000000号', url: 'https://source.example/icp' }];
    const operated = { ...city, operator: '某市社会工作部', filings };
    const { html, text } = readScreen(
      String(privacyPage(serverTags, { ...view, city: operated, hasForeignMap: true })),
    );
    expect(text).toContain('由某市社会工作部运营');
    expect(html).toContain('<a href="https://source.example/icp" rel="noreferrer">黑ICP备00000000号</a>');
    expect(text).toContain('城市选用的地图服务');
    expect(readScreen(String(privacyPage(serverTags, view))).text).toContain('运营单位还没有公布');
  });
});
