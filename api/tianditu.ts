// 天地图 as a MapLibre style: streets and their names, raster tiles in Web Mercator. The operator brings the key.
// Source: lbs.tianditu.gov.cn, 地图API › 服务 › WMTS (layers vec_w and cva_w, tile matrix set w).

const SUBDOMAINS = ['0', '1', '2', '3', '4', '5', '6', '7'];
const HIGHEST_ZOOM = 18;

export function tiandituStyle(key: string, approval: string | null): object {
  const attribution = approval === null ? '天地图' : `天地图 ${approval}`;
  return {
    version: 8,
    sources: { streets: tiles('vec', key, attribution), names: tiles('cva', key, attribution) },
    layers: [
      { id: 'streets', type: 'raster', source: 'streets' },
      { id: 'names', type: 'raster', source: 'names' },
    ],
  };
}

function tiles(layer: 'vec' | 'cva', key: string, attribution: string): object {
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
    maxzoom: HIGHEST_ZOOM,
    attribution,
    tiles: SUBDOMAINS.map((each) => `https://t${each}.tianditu.gov.cn/${layer}_w/wmts?${query}&${matrix}`),
  };
}
