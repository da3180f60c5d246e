import { useEffect, useRef, useState } from 'react';
import { useWords } from '../texts/i18n.js';
import type { Scheme } from '../theme/chosen-theme.js';
import { useScheme } from '../theme/chosen-theme.js';

export interface Line {
  readonly name: string;
  /** One value a step; null: there is none. */
  readonly values: readonly (number | null)[];
}

interface LineChartProps {
  readonly name: string;
  readonly steps: readonly string[];
  readonly lines: readonly Line[];
  /** As the axis and the tip write a value. */
  readonly write: (value: number) => string;
  /** Where the axis ends; absent: by its values. */
  readonly max?: number;
}

/** Lines differ in colour and in the form of their points. Contrast with the ground is 3 or more in both schemes. */
const COLOURS: Readonly<Record<Scheme, readonly string[]>> = {
  light: ['#1554ad', '#b45309', '#18794e', '#9d174d', '#5b21b6', '#0e7490', '#7c5d00', '#4e5661'],
  dark: ['#7db2ff', '#f6ad55', '#6ee0a8', '#f9a8d4', '#c4b5fd', '#67e8f9', '#e5d07b', '#b9c1cb'],
};
const POINTS = ['circle', 'rect', 'triangle', 'diamond', 'roundRect', 'arrow', 'pin', 'emptyCircle'] as const;

type Chart = ReturnType<typeof import('./echarts.js').init>;

/** The library comes when the chart is scrolled into view: nobody waits for it who only wants the figures. */
function useChart() {
  const place = useRef<HTMLDivElement>(null);
  const [chart, setChart] = useState<Chart | null>(null);
  useEffect(() => {
    const element = place.current;
    if (!element) return;
    let made: Chart | null = null;
    let gone = false;
    const seen = new IntersectionObserver(([entry]) => {
      if (!entry?.isIntersecting) return;
      seen.disconnect();
      void import('./echarts.js').then(({ init }) => {
        if (gone) return;
        made = init(element, null, { renderer: 'canvas' });
        setChart(made);
      });
    });
    const resized = new ResizeObserver(() => made?.resize());
    seen.observe(element);
    resized.observe(element);
    return () => {
      gone = true;
      seen.disconnect();
      resized.disconnect();
      made?.dispose();
    };
  }, []);
  return { place, chart };
}

/** Lines over time. Who cannot see it is led to the table; everybody else can use that too. */
export function LineChart({ name, steps, lines, write, max }: LineChartProps) {
  const { t } = useWords();
  const scheme = useScheme();
  const { place, chart } = useChart();
  useEffect(() => {
    if (!chart) return;
    const style = getComputedStyle(document.documentElement);
    const colour = (variable: string) => style.getPropertyValue(`--${variable}`).trim();
    const text = { color: colour('soft'), fontFamily: getComputedStyle(document.body).fontFamily };
    chart.setOption(
      {
        animation: false,
        color: [...COLOURS[scheme]],
        textStyle: text,
        grid: { left: 8, right: 16, top: 40, bottom: 8, containLabel: true },
        legend: { top: 0, textStyle: text, itemWidth: 18, type: 'plain' },
        // Drawn on the canvas: a tip of HTML carries styles that our content policy refuses.
        tooltip: {
          trigger: 'axis',
          renderMode: 'richText',
          backgroundColor: colour('surface'),
          borderColor: colour('edge'),
          textStyle: { ...text, color: colour('ink') },
          valueFormatter: (value: unknown) => (typeof value === 'number' ? write(value) : t('frame.time.none')),
        },
        xAxis: {
          type: 'category',
          data: [...steps],
          boundaryGap: false,
          axisLabel: text,
          axisLine: { lineStyle: { color: colour('edge') } },
        },
        yAxis: {
          type: 'value',
          min: 0,
          ...(max === undefined ? {} : { max }),
          axisLabel: { ...text, formatter: write },
          splitLine: { lineStyle: { color: colour('line') } },
        },
        series: lines.map((line, index) => ({
          type: 'line',
          name: line.name,
          data: [...line.values],
          symbol: POINTS[index % POINTS.length] ?? 'circle',
          symbolSize: 7,
          connectNulls: true,
        })),
      },
      { notMerge: true },
    );
  }, [chart, scheme, steps, lines, write, max, t]);
  return (
    <figure className="chart">
      <figcaption>{name}</figcaption>
      {!chart && <p className="muted">{t('overview.couriers.loading')}</p>}
      {/* What is in it is the library's alone. */}
      <div ref={place} className="chart-canvas" role="img" aria-label={t('overview.couriers.chart', { name })} />
    </figure>
  );
}
