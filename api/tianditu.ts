// 天地图 as a MapLibre style: streets and their names, raster tiles in Web Mercator, CGCS2000 (WGS-84 to within a metre).
// The operator brings the key, which every browser that draws the map must know; it stands in the style only.
// Source: lbs.tianditu.gov.cn, 地图API › 服务 › WMTS (layers vec_w and cva_w, tile matrix set w).

const LOWEST_ZOOM = 1;
const HIGHEST_ZOOM = 18;

export const TIANDITU_ORIGINS: readonly string[] = ['0', '1', '2', '3', '4', '5', '6', '7'].map(
  (each) => `https://t${each}.tianditu.gov.cn`,
);

export function tiandituStyle(key: string): object {
  return {
    version: 8,
    sources: { streets: tiles('vec', key), names: tiles('cva', key) },
    layers: [
      { id: 'streets', type: 'raster', source: 'streets' },
      { id: 'names', type: 'raster', source: 'names' },
    ],
  };
}

function tiles(layer: 'vec' | 'cva', key: string): object {
  const query = new URLSearchParams({
    SERVICE: 'WMTS',
    REQUEST: 'GetTile',
    VERSION: '1.0.0',
    LAYER: layer,
    STYLE: 'default',
    TILEMATRIXSET: 'w',
    FORMAT: 'tiles',
    tk: key,
  });
  const matrix = 'TILEMATRIX={z}&TILEROW={y}&TILECOL={x}';
  return {
    type: 'raster',
    tileSize: 256,
    minzoom: LOWEST_ZOOM,
    maxzoom: HIGHEST_ZOOM,
    attribution: '天地图',
    tiles: TIANDITU_ORIGINS.map((origin) => `${origin}/${layer}_w/wmts?${query}&${matrix}`),
  };
}
