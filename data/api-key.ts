// Keys for programs of the city, which cannot sign in: each opens a few doors, in an area or everywhere. Pure.

export const API_SCOPES = ['places:read', 'places:write', 'audit:read'] as const;
export type ApiScope = (typeof API_SCOPES)[number];

export const API_SCOPE_LABELS: Readonly<Record<ApiScope, string>> = {
  'places:read': '读全部点位，含没有公开的，和它们的历史',
  'places:write': '新建和修改点位',
  'audit:read': '读和导出审计记录',
};

export interface ApiKey {
  id: string;
  name: string;
  scopes: readonly ApiScope[];
  /** Where it may act, as a curator's; null is the whole city. */
  areaCode: string | null;
  createdBy: string;
  /** RFC 3339. */
  createdAt: string;
  revokedAt: string | null;
  /** UTC day on which it was last used, `2026-11-22`; null when it never was. */
  lastUsedOn: string | null;
}
