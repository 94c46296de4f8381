// Links that hand a rider to a navigator. The datum changes here and nowhere else. Pure.
// Sources: the navigators' own URI documents (AMap, Tencent, Baidu, Apple) and RFC 5870 for geo:.

import type { CorePlace } from './core.ts';
import { wgs84ToGcj02 } from './gcj02.ts';
import type { Point } from './place.ts';

export interface NavigationLink {
  label: string;
  href: string;
}

type Target = Pick<CorePlace, 'name' | 'target' | 'positionQuality'>;

/** Nobody is sent to the middle of a district. */
export function canNavigate(place: Pick<CorePlace, 'positionQuality'>): boolean {
  return place.positionQuality !== 'district';
}

/** AMap's web page, which opens its app where there is one. */
export function amapLink(place: Target, mode: 'ride' | 'walk', app: string): string {
  const [lng, lat] = gcj02(place.target);
  const name = encodeURIComponent(place.name.replace(/,/g, ' '));
  return `https://uri.amap.com/navigation?to=${lng},${lat},${name}&mode=${mode}&src=${encodeURIComponent(app)}&callnative=1`;
}

/** Works inside WeChat, where AMap's link cannot call its app. It knows no e-bikes. */
export function tencentLink(place: Target, mode: 'ride' | 'walk', app: string): string {
  const [lng, lat] = gcj02(place.target);
  const type = mode === 'ride' ? 'bike' : 'walk';
  const name = encodeURIComponent(place.name);
  return `https://apis.map.qq.com/uri/v1/routeplan?type=${type}&to=${name}&tocoord=${lat},${lng}&coord_type=2&referer=${encodeURIComponent(app)}`;
}

/** 换个地图: the other ways to go. */
export function otherLinks(place: Target, app: string): NavigationLink[] {
  const [lng, lat] = place.target;
  const [gcjLng, gcjLat] = gcj02(place.target);
  const name = encodeURIComponent(place.name);
  const source = encodeURIComponent(app);
  return [
    {
      label: '高德电动车',
      href: `amapuri://openFeature?featureName=OnRideNavi&rideType=elebike&sourceApplication=${source}&lat=${gcjLat}&lon=${gcjLng}&dev=0`,
    },
    { label: '腾讯地图', href: tencentLink(place, 'ride', app) },
    {
      label: '百度地图',
      href: `baidumap://map/direction?destination=${encodeURIComponent(`name:${place.name}|latlng:${lat},${lng}`)}&mode=riding&coord_type=wgs84&src=${source}`,
    },
    { label: '苹果地图', href: `https://maps.apple.com/?daddr=${gcjLat},${gcjLng}&dirflg=w` },
    { label: '其他地图', href: `geo:${lat},${lng}?q=${lat},${lng}(${name})` },
  ];
}

function gcj02(point: Readonly<Point>): Point {
  const [lng, lat] = wgs84ToGcj02(point);
  return [round6(lng), round6(lat)];
}

function round6(degrees: number): number {
  return Math.round(degrees * 1e6) / 1e6;
}
