//! Entry of the chart script, only on pages that hold `[data-chart]`. One figure draws one small trend:
//!   <figure data-chart role="img" aria-label="the result in one sentence">
//!     <script type="application/json">{ …ChartData… }</script><div class="chart"></div></figure>
//! Canvas without animation; tool-tips as rich text, because HTML ones carry style attributes, which the policy forbids.
import { BarChart, LineChart } from "echarts/charts";
import { GridComponent, MarkLineComponent, TooltipComponent } from "echarts/components";
import { init, use, type EChartsType } from "echarts/core";
import { CanvasRenderer } from "echarts/renderers";
import { all, onContent } from "./dom";

use([BarChart, LineChart, GridComponent, MarkLineComponent, TooltipComponent, CanvasRenderer]);

/** What the server writes. A value that was not assessed is null and leaves a gap; it is never drawn as 0. */
interface ChartData {
  kind: "line" | "bar";
  /** Names of the points, already in the reader's words. */
  x: string[];
  values: (number | null)[];
  /** Behind every value, with its own leading space where the language wants one. */
  unit: string;
  decimals: number;
  min?: number;
  max?: number;
  /** Horizontal marks such as the pass mark. */
  marks?: { at: number; text: string }[];
  /** Vertical marks at one of the points, such as the date of application. */
  moments?: { at: string; text: string }[];
}

const live = new Map<HTMLElement, { chart: EChartsType; data: ChartData }>();

const token = (name: string) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const scale = () => parseFloat(getComputedStyle(document.documentElement).fontSize) / 16;

function option(data: ChartData) {
  const f = scale();
  const shown = (value: unknown) => (typeof value === "number" ? `${value.toFixed(data.decimals)}` : "—");
  const axis = {
    axisLine: { lineStyle: { color: token("--line-2") } },
    axisTick: { show: false },
    axisLabel: { color: token("--ink-2"), fontSize: 12 * f },
    splitLine: { lineStyle: { color: token("--line") } },
  };
  const horizontal = (data.marks ?? []).map(({ at, text }) => ({
    yAxis: at,
    lineStyle: { color: token("--red-fill"), type: "dashed" },
    label: { formatter: text, color: token("--red"), position: "insideStartTop", fontSize: 11 * f },
  }));
  const vertical = (data.moments ?? []).map(({ at, text }) => ({
    xAxis: at,
    lineStyle: { color: token("--control"), type: "dotted" },
    label: { formatter: text, color: token("--ink-2"), position: "end", fontSize: 11 * f },
  }));
  const last = data.values.length - 1;
  return {
    animation: false,
    textStyle: { fontFamily: token("--font"), color: token("--ink-2"), fontSize: 12 * f },
    grid: { left: 40 * f, right: 20 * f, top: 22 * f, bottom: 28 * f },
    tooltip: {
      trigger: "axis",
      renderMode: "richText",
      backgroundColor: token("--surface"),
      borderColor: token("--line-2"),
      textStyle: { color: token("--ink"), fontSize: 12 * f },
      formatter: (points: { axisValue: string; value: unknown }[]) =>
        points.map((point) => `${point.axisValue}　${shown(point.value)}${data.unit}`).join("\n"),
    },
    xAxis: { type: "category", data: data.x, boundaryGap: data.kind === "bar", ...axis },
    yAxis: { type: "value", min: data.min, max: data.max, ...axis, axisLine: { show: false } },
    series: [
      {
        type: data.kind,
        data: data.values.map((value, place) => ({
          value: value ?? "-",
          itemStyle: { color: token(data.kind === "line" || place === last ? "--accent" : "--accent-line") },
        })),
        ...(data.kind === "line"
          ? { symbol: "circle", symbolSize: 6 * f, lineStyle: { width: 2, color: token("--accent") } }
          : { barWidth: "55%" }),
        label: {
          show: true,
          position: "top",
          color: token("--ink"),
          fontSize: 11 * f,
          formatter: (point: { value: unknown }) => (typeof point.value === "number" ? shown(point.value) : ""),
        },
        markLine: { silent: true, symbol: "none", data: [...horizontal, ...vertical] },
      },
    ],
  };
}

function draw(figure: HTMLElement): void {
  const source = figure.querySelector('script[type="application/json"]')?.textContent;
  const ground = figure.querySelector<HTMLElement>(".chart, .chart-s");
  if (!source || !ground || live.has(figure)) return;
  const data = JSON.parse(source) as ChartData;
  const chart = init(ground);
  chart.setOption(option(data) as Parameters<EChartsType["setOption"]>[0]);
  live.set(figure, { chart, data });
}

/** New size: the same data once more. Figures that were swapped away are let go. */
function redraw(): void {
  for (const [figure, { chart, data }] of live) {
    if (!figure.isConnected) {
      chart.dispose();
      live.delete(figure);
      continue;
    }
    chart.resize();
    chart.setOption(option(data) as Parameters<EChartsType["setOption"]>[0], true);
  }
}

onContent((root) => all("[data-chart]", root).forEach(draw));
window.addEventListener("resize", redraw);
