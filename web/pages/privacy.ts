// /privacy: what is kept, where, and for how long. It says what the program does, item by item.

import type { Html, Tags } from './html.ts';
import { type InfoView, infoPage } from './info-page.ts';

interface Kept {
  what: string;
  why: string;
  howLong: string;
}

const ON_THE_PHONE: readonly Kept[] = [
  { what: '上一次的位置', why: '一打开就能算远近', howLong: '12 小时后不再用；在“我的”里随时可以忘掉' },
  { what: '全城点位的数据', why: '没有网络也能查', howLong: '有新数据就换掉' },
  { what: '还没发出去的核实、上报和建议', why: '没网时先存着，有网再发', howLong: '发出去就删' },
  { what: '上报和建议的编号和查询钥匙', why: '以后查得到', howLong: '留最近 50 份，清除浏览器数据就没了' },
  {
    what: '随机设备号',
    why: '一个人只算一票，不是手机的真实编号',
    howLong: '第一次核实或上报时才有，清除浏览器数据就没了',
  },
  { what: '收藏、最近搜过的、显示方式', why: '下次还是你的习惯', howLong: '一直在，各处都能去掉' },
];

const ON_THE_SERVER: readonly Kept[] = [
  {
    what: '核实和报数：哪个点位、哪一项、是或否、还剩几辆、几点',
    why: '让别人知道还准不准',
    howLong: '一直保留。旁边只有随机设备号的摘要，没有姓名、手机号和位置',
  },
  {
    what: '上报：哪个点位、什么问题、你写的话、你附的照片',
    why: '让人去处理',
    howLong:
      '不问姓名和电话。你写的话加密保存，不公开，办结后 30 天内删掉；照片去掉拍摄位置，不公开，没附到上报里的 24 小时后作废清掉',
  },
  {
    what: '建议：推荐或更正哪个点位、改成什么、你在图上点的位置、你写的话、你附的照片',
    why: '让地图更准',
    howLong:
      '不是你手机的位置，是你自己点的。你写的话加密保存，不公开，办结后 30 天删掉；照片审核后公开在点位页上，没用上的一天内删掉',
  },
  {
    what: '“我到了”',
    why: '统计每个点位一天来多少人',
    howLong: '长期只留每天的人数；防止重复算的摘要，过了那天就清掉',
  },
  { what: '防止重复提交的记号', why: '断网重发也只算一次', howLong: '31 天' },
];

export function privacyPage(tags: Tags, view: InfoView): Html {
  const { html } = tags;
  return infoPage(
    tags,
    view,
    '隐私',
    html`
      <p class="lead">不用注册，不要手机号。你的位置只在手机里算距离，不上传，不写进网址，也不进任何记录。</p>
      <h2>存在你手机里的</h2>
      ${keptList(tags, ON_THE_PHONE)}
      <h2>存在服务器上的</h2>
      ${keptList(tags, ON_THE_SERVER)}
      <h2>不做的事</h2>
      <ul class="dots">
        <li>不跟踪，没有广告，没有第三方统计。${
          view.hasForeignMap
            ? '地图的底图来自城市选用的地图服务：看地图时，它会知道你的网络地址和看的是哪一片。其余的都不向别家要。'
            : '打开网页和地图时，不向别家要任何东西。'
        }</li>
        <li>不记谁看了哪一页。为了防止捣乱，网络地址只在内存里短暂计数，不存盘。</li>
        <li>不把个人信息卖给或交给平台公司；处理上报的人只看到上报本身。</li>
      </ul>
      <h2>离开这里的时候</h2>
      <p>点“骑车去”会打开你选的导航软件，只带上要去的点位，不带你的位置。之后由那个软件按它自己的规则处理。</p>
      <h2>你可以</h2>
      <ul class="dots">
        <li>不给定位权限，选区域或地标照样用。</li>
        <li>在“我的”里忘掉位置、去掉收藏、关掉各种显示方式。</li>
        <li>清除浏览器里本站的数据，手机里的就都没了。</li>
        <li>写信要求查看、更正或删除和你有关的上报，带上编号。</li>
      </ul>
    `,
  );
}

function keptList({ html }: Tags, items: readonly Kept[]): Html {
  return html`<dl class="list">${items.map(
    ({ what, why, howLong }) =>
      html`<div class="kept"><dt class="strong">${what}</dt><dd>${why}</dd><dd class="small muted">${howLong}</dd></div>`,
  )}</dl>`;
}
