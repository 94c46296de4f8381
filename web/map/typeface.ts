// The system's own Chinese fonts, for what the map writes itself. The same list as `--font` in the tokens.

export const FONT_FAMILIES = [
  'system-ui',
  '-apple-system',
  'PingFang SC',
  'HarmonyOS Sans SC',
  'MiSans',
  'Source Han Sans SC',
  'Noto Sans CJK SC',
  'Microsoft YaHei',
  'sans-serif',
];

/** For a canvas: `600 15px system-ui, …`. */
export function canvasFont(weight: 400 | 600 | 700, pixels: number): string {
  const families = FONT_FAMILIES.map((name) => (name.includes(' ') ? `"${name}"` : name));
  return `${weight} ${pixels}px ${families.join(', ')}`;
}
