// What a session was opened with, as roughly as its owner needs to know it again: `Chrome · Windows`.

const PROGRAMS: readonly [RegExp, string][] = [
  [/MicroMessenger/, '微信'],
  [/\bEdgA?\//, 'Edge'],
  [/\bFirefox\//, 'Firefox'],
  [/HuaweiBrowser/, '华为浏览器'],
  [/\bChrome\//, 'Chrome'],
  [/\bSafari\//, 'Safari'],
];
const SYSTEMS: readonly [RegExp, string][] = [
  [/HarmonyOS|OpenHarmony/, '鸿蒙'],
  [/Android/, 'Android'],
  [/iPhone|iPad/, 'iOS'],
  [/Windows/, 'Windows'],
  [/Mac OS X/, 'macOS'],
  [/Linux/, 'Linux'],
];

export function deviceLabel(userAgent: string | undefined): string {
  const named = (list: typeof PROGRAMS) => list.find(([pattern]) => pattern.test(userAgent ?? ''))?.[1];
  return [named(PROGRAMS), named(SYSTEMS)].filter((name) => name !== undefined).join(' · ') || '其他程序';
}
