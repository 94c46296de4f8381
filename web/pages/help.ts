// /help: whom to call, how the answer comes about, for whom the pages work.

import { REACH_MINUTES, STALE_DAYS } from '../../data/answer.ts';
import type { Html, Tags } from './html.ts';
import { icon } from './icon.ts';
import { type InfoView, infoPage } from './info-page.ts';

export function helpPage(tags: Tags, view: InfoView): Html {
  const { html } = tags;
  const { city } = view;
  return infoPage(
    tags,
    view,
    '怎么用',
    html`
      <h2>需要帮助时</h2>
      <div class="list">${city.help.map(
        (line) =>
          html`<a class="item" href="tel:${line.number}">${icon(tags, 'call')}<span>${line.name}</span><span class="strong">${line.number}</span></a>`,
      )}</div>

      <h2>排在第一的，是怎么选出来的</h2>
      <ol class="ranked">
        <li>先看到了能不能用：开着门、到的时候还没关的在前面；到时已关门的往后排，已经关了的收在下面。</li>
        <li>再看骑行要几分钟，最远看到骑 ${REACH_MINUTES} 分钟的。</li>
        <li>一样远时，设施有人核实过的在前，只是登记过的在后；故障的不算。</li>
        <li>还一样，就看谁最近核实过。</li>
      </ol>
      <p>交不交钱、是谁办的，都不影响排序。列表不会在手指底下自己换位置：位置变了，会出来一条“已更新定位 · 重新排序”，点了才换。</p>

      <h2>时间是估算的</h2>
      <p>骑行按每小时 ${city.speeds.rideKmh} 公里、步行按每小时 ${city.speeds.walkKmh} 公里算，等灯、上楼都摊在里面。路上什么样我们不知道，请看实际情况骑。</p>
      ${riverPart(tags, view)}

      <h2>“未知”和“未核实”是什么意思</h2>
      <p>没有公布开放时间的写“时间未知”，不会当作开着。设施登记了、还没人确认过的写“未核实”；有人确认过的写日期。${STALE_DAYS} 天没人核实的会说“可能有变”，出发前最好打个电话。</p>
      <p>一个人说“关了”，不会让点位消失：会记下来，由别人再确认。</p>

      <h2>没有网络、没有定位也能用</h2>
      <p>打开过一次，全城的点位就在手机里，电梯和地下室也能查。没网时会写明数据是什么时候的。没有定位，选一个区或者附近的地标，一样能排远近。</p>

      ${
        view.hasDemo
          ? html`<h2>演示数据</h2>
        <p>带「演示」的点位是编出来的，用来看看样子，请不要前往。没有这两个字的才是真实点位，来源写在点位页最下面。</p>`
          : ''
      }

      <h2>看不清、戴手套、天冷</h2>
      <p>在“我的”里可以开大字、手套、深色、高对比和冬季，只存在这台手机。手机系统里调的字号和减少动画，这里也照着来。</p>

      <h2 id="accessibility">无障碍说明</h2>
      <p>我们按《网页内容无障碍指南》2.2 的 AA 级来做：全部功能可以只用键盘；读屏能读出每个按钮和状态；文字和背景的对比不低于 4.5 比 1；状态除了颜色还有文字和形状；字放大到两倍、屏幕窄到 320 像素都不用左右滑；按钮不小于 48 像素。</p>
      <p>还做不到的：地图画面本身读屏读不出来，图上的点位在列表里都有，功能一样。别人家的导航软件不归我们管。</p>
      <p>用着不方便，请写信告诉我们是哪一页、用的什么手机。</p>
    `,
  );
}

function riverPart({ html }: Tags, { city }: InfoView): Html {
  if (city.barriers.length === 0) return '';
  const bridges = (use: 'yes' | 'unknown') =>
    city.crossings
      .filter((each) => each.ride === use)
      .map((each) => each.name)
      .join('、');
  return html`<h2>${city.barriers.map((each) => each.name).join('、')}两岸</h2>
    <p>隔着江的点位，按走能骑的桥算${bridges('yes') === '' ? '' : `（${bridges('yes')}）`}，不按直线。${
      bridges('unknown') === '' ? '' : `${bridges('unknown')}能不能骑还没有确认，所以不用来算。`
    }冬天江面封冻也不算路。</p>`;
}
