// How the app looks and feels in this hand: the switches of 我的.

import type { Html, Tags } from './html.ts';
import { icon } from './icon.ts';
import type { IconName } from './icons.ts';

export const THEMES = ['system', 'light', 'dark', 'contrast'] as const;
export type Theme = (typeof THEMES)[number];

export interface Modes {
  /** `system`: as the phone is set. */
  theme: Theme;
  /** 大字: type a quarter larger. */
  large: boolean;
  /** 手套: larger targets. */
  gloves: boolean;
  /** 冬季: heated places first. */
  winter: boolean;
}

export const USUAL_MODES: Modes = { theme: 'system', large: false, gloves: false, winter: false };

const THEME_LABELS: Record<Theme, string> = {
  system: '跟随系统',
  light: '浅色',
  dark: '深色',
  contrast: '高对比',
};

export type Switch = Exclude<keyof Modes, 'theme'>;
export const SWITCHES: readonly { mode: Switch; label: string; hint: string; icon: IconName }[] = [
  { mode: 'large', label: '大字', hint: '字放大四分之一', icon: 'text' },
  { mode: 'gloves', label: '手套', hint: '按钮更大，戴手套也点得准', icon: 'glove' },
  { mode: 'winter', label: '冬季', hint: '先找有供暖的，不要时点掉“供暖”', icon: 'snow' },
];

export function modeControls(tags: Tags, modes: Modes): Html {
  const { html } = tags;
  return html`<div class="section-head"><h2>显示</h2><span>只存在这台手机</span></div>
    <div class="card">
      <h3 class="small muted" id="theme-label">颜色</h3>
      <div class="theme-choices" role="group" aria-labelledby="theme-label">${THEMES.map(
        (theme) =>
          html`<button class="button" type="button" data-act="theme" data-theme="${theme}" aria-pressed="${theme === modes.theme}">${THEME_LABELS[theme]}</button>`,
      )}</div>
    </div>
    <div class="list">${SWITCHES.map(
      ({ mode, label, hint, icon: name }) =>
        html`<button class="item" type="button" role="switch" data-act="mode" data-mode="${mode}" aria-checked="${modes[mode]}">${icon(tags, name)}<span>${label}<br /><span class="small muted">${hint}</span></span><span class="switch" aria-hidden="true"></span></button>`,
    )}</div>`;
}
