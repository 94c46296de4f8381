import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { searchCore } from '../../data/core-search.ts';
import { pinyinTable } from '../../data/pinyin.ts';
import type { Point } from '../../data/place.ts';
import { matchRank, queryTerms, readingsOf, type SearchText, soundsLike } from '../../data/search.ts';
import { pocketOf } from './pocket.ts';
import { station } from './store/support.ts';

const HERE: Point = [126.6118, 45.7729];
const { core } = pocketOf([
  station({ name: '尔滨新驿·卓展（道里店）', point: HERE, address: '道里区上海街99号' }),
  station({ name: '重庆路公厕', point: [126.62, 45.77], address: '南岗区重庆路5号' }),
  station({ name: '招商银行ＡＴＭ厅', point: [126.63, 45.77], address: '南岗区长江路1号', aliases: ['暖新阵地'] }),
  station({ name: '长江路驿站', point: [126.64, 45.77], address: '香坊区重庆路6号' }),
  station({ name: '女子驿站', point: [126.65, 45.77], address: '香坊区红旗大街' }),
]);
const found = (query: string) => searchCore(core, query, HERE)?.places.map(({ place }) => place.name);

describe('a rider finds a place', () => {
  const table: [typed: string, why: string, names: string[]][] = [
    ['新驿', 'two characters', ['尔滨新驿·卓展（道里店）']],
    ['erbinxinyi', 'full pinyin', ['尔滨新驿·卓展（道里店）']],
    ['ebxy', 'initials', ['尔滨新驿·卓展（道里店）']],
    ['ebinxiny', 'a mixture, cut short', ['尔滨新驿·卓展（道里店）']],
    ['EBXY', 'capitals', ['尔滨新驿·卓展（道里店）']],
    ['ｅｂｘｙ', 'full-width letters', ['尔滨新驿·卓展（道里店）']],
    ['xyzz', 'over the dot in the name', ['尔滨新驿·卓展（道里店）']],
    ['卓展(道里', 'brackets of the other width', ['尔滨新驿·卓展（道里店）']],
    ['卓展（道里', 'brackets as they are written', ['尔滨新驿·卓展（道里店）']],
    ['atm', 'letters that the name has full-width', ['招商银行ＡＴＭ厅']],
    ['chongqing', 'the reading of this name', ['重庆路公厕', '长江路驿站']],
    ['zhongqing', 'the other reading of 重', ['重庆路公厕', '长江路驿站']],
    ['yinhang', 'one reading of 行', ['招商银行ＡＴＭ厅']],
    ['yinxing', 'the other reading of 行', ['招商银行ＡＴＭ厅']],
    ['changjiang', 'chang of 长', ['长江路驿站', '招商银行ＡＴＭ厅']],
    ['nvzi', 'ü typed as v', ['女子驿站']],
    ['暖新', 'another name', ['招商银行ＡＴＭ厅']],
    ['nxzd', 'the initials of another name', ['招商银行ＡＴＭ厅']],
    ['尔滨 卓展', 'two terms', ['尔滨新驿·卓展（道里店）']],
    ['尔滨·卓展', 'two terms around a dot', ['尔滨新驿·卓展（道里店）']],
    ['重庆，驿站', 'a term of the name and one of the address', ['长江路驿站']],
    ['99号', 'a number of the address', ['尔滨新驿·卓展（道里店）']],
    ['尔滨公厕', 'nothing that is there', []],
    ['尔滨 公厕', 'two terms that no place has together', []],
  ];
  test.each(table)('%s: %s', (typed, _, names) => {
    expect(found(typed)).toEqual(names);
  });

  test('by the short code in any case', () => {
    const { shortCode, name } = core.place(2);
    expect(found(shortCode)?.[0]).toBe(name);
    expect(found(shortCode.toLowerCase())?.[0]).toBe(name);
  });

  test('but not by a single letter, character or blank', () => {
    for (const typed of ['', ' ', 'e', '驿', ' e ', '·', '，']) expect(found(typed)).toBeUndefined();
  });

  test('the best match first, the nearer first among equals', () => {
    expect(found('重庆路')).toEqual(['重庆路公厕', '长江路驿站']);
    expect(found('驿站')).toEqual(['长江路驿站', '女子驿站']);
  });

  test('and districts and landmarks to measure from', () => {
    const areas = (query: string) => searchCore(core, query, HERE)?.areas;
    expect(areas('zydj')).toEqual([{ id: 'zhongyang-street', name: '中央大街', note: '地标' }]);
    expect(areas('道里')?.[0]).toEqual({ id: '230102', name: '道里区', note: '区' });
  });

  test('at most thirty, and how many there are in all', () => {
    const many = pocketOf(Array.from({ length: 40 }, (_, i) => station({ name: `驿站${i}` })));
    const { places, total } = searchCore(many.core, '驿站', HERE) ?? {};
    expect([places?.length, total]).toEqual([30, 40]);
  });
});

describe('how well a text answers', () => {
  const readings = readingsOf(pinyinTable(['尔滨新驿暖新阵地上海街']));
  const text: SearchText = { name: '尔滨新驿', aliases: ['暖新阵地'], address: '上海街99号', shortCode: '7F3K2' };
  test.each([
    ['尔滨', 0],
    ['7f3k2', 0],
    ['新驿', 1],
    ['暖新', 2],
    ['xinyi', 3],
    ['nuanxin', 3],
    ['上海', 4],
    ['shj', 5],
    ['sh', undefined],
    ['尔滨 上海', 4],
    ['尔滨 北京', undefined],
  ])('%s is rank %s', (query, rank) => {
    expect(matchRank(text, queryTerms(query), readings)).toBe(rank);
  });
});

describe('the sound of a text', () => {
  test('is any spelling that a generator of all spellings writes, and nothing else', () => {
    const readings = new Map([
      ['重', ['zhong', 'chong']],
      ['行', ['hang', 'xing']],
      ['安', ['an']],
      ['啊', ['a']],
    ]);
    /** Every way to type some neighbouring characters: whole syllables or initials, the last one cut anywhere. */
    const spellings = (characters: readonly string[]): Set<string> => {
      const all = new Set<string>();
      characters.forEach((_, start) => {
        let begun = [''];
        for (const character of characters.slice(start)) {
          const syllables = readings.get(character) ?? [character];
          const next: string[] = [];
          for (const before of begun) {
            for (const syllable of syllables) {
              for (let end = 1; end <= syllable.length; end++) all.add(before + syllable.slice(0, end));
              next.push(before + syllable, before + syllable.slice(0, 1));
            }
          }
          begun = [...new Set(next)];
        }
      });
      return all;
    };
    const anyText = fc.array(fc.constantFrom('重', '行', '安', '啊', 'a', 'n'), { minLength: 1, maxLength: 4 });
    const anyTyped = fc.stringMatching(/^[zchonganxi]{1,5}$/);
    fc.assert(
      fc.property(anyText, anyTyped, fc.nat(), (characters, typed, pick) => {
        const all = [...spellings(characters)];
        const written = all[pick % all.length] as string;
        expect(soundsLike(characters.join(''), written, readings)).toBe(true);
        expect(soundsLike(characters.join(''), typed, readings)).toBe(all.includes(typed));
      }),
      { numRuns: 300 },
    );
  });

  test('knows every reading of a character, without tones', () => {
    expect(pinyinTable(['重', '女A1'])).toEqual({ chong: '重', nv: '女', ru: '女', zhong: '重' });
  });
});
