import { scaleLinear } from 'd3-scale'
import { useTranslation } from 'react-i18next'
import { usePlan } from '../plan/store'
import type { Answered } from '../plan/useComparison'
import { yuan } from './figures'
import { colour, nameOf } from './schemes'
import { useWidth } from './useWidth'

// Pixels where letters are of the usual size; a digit of a figure is seven wide and twelve high.
const bars = 15
const gaps = 12
const digit = 7.2
const digitHeight = 12.5
const floorNames = 52
const shortestScale = 60

/** The building as a chart: each floor with what a household there pays under each scheme, from the least to the most. */
export function FloorChart({ answered }: { answered: Answered }) {
  const { t } = useTranslation()
  const { mine } = usePlan()
  const [box, width, letters, apart] = useWidth()
  const { schemes } = answered.result
  const { households } = answered.request.building
  const mineFloor = households.find((household) => household.id === mine)?.floor
  const floors = [...new Set(households.map((household) => household.floor))].sort((a, b) => b - a)
  const rows = floors.map((floor) => {
    const there = households.flatMap((household, i) => (household.floor === floor ? [i] : []))
    return {
      floor,
      ranges: schemes.map((scheme) => {
        const amounts = there.map((i) => scheme.shares[i]!.amountFen)
        return { low: Math.min(...amounts), high: Math.max(...amounts) }
      }),
    }
  })
  const figure = ({ low, high }: { low: number; high: number }) => (low === high ? yuan(high) : `${yuan(low)}–${yuan(high)}`)
  const [bar, gap] = [bars * letters, gaps * letters]
  const largest = Math.max(1, ...rows.flatMap((row) => row.ranges.map((range) => range.high)))
  const longest =
    (Math.max(...rows.flatMap((row) => row.ranges.map((range) => figure(range).length))) * (digit + apart * digitHeight) + 8) * letters
  // Where figures have no room beside the bars, they stand above them, and the floor above all.
  const above = floorNames * letters + shortestScale * letters + longest > width
  const left = above ? 4 : floorNames * letters
  const x = scaleLinear([0, largest], [left, above ? width - 4 : width - longest])
  const step = above ? 2 * bar : bar
  const head = above ? 1.6 * bar : 0
  const rowHeight = head + schemes.length * step + gap
  const name = (k: number) => nameOf(t, answered.plan, schemes[k]!.id)
  return (
    <section aria-labelledby="floors">
      <h2 id="floors">{t('chart.title')}</h2>
      <ul className="legend" aria-hidden="true">
        {schemes.map((scheme, k) => (
          <li key={scheme.id}>
            <i style={{ background: colour(k) }} />
            {name(k)}
          </li>
        ))}
      </ul>
      <div ref={box}>
        <svg
          className="bars"
          role="img"
          aria-label={t('chart.alt')}
          width={width}
          height={rows.length * rowHeight + gap}
          viewBox={`0 0 ${width} ${rows.length * rowHeight + gap}`}
          style={{ fontSize: 15 * letters }}
        >
          {rows.map((row, r) => (
            <g key={row.floor} transform={`translate(0 ${r * rowHeight + gap / 2})`}>
              {row.floor === mineFloor && <rect className="mineRow" x={0} y={-gap / 2} width={width} height={rowHeight} />}
              <text x={4} y={above ? head / 2 : (rowHeight - gap) / 2} dominantBaseline="middle" className="floorName">
                {t('floor', { floor: row.floor })}
              </text>
              {row.ranges.map((range, k) => (
                <g key={k} transform={`translate(0 ${head + k * step + step - bar})`}>
                  <rect x={left} y={1} height={bar - 3} width={Math.max(0, x(Math.max(0, range.low)) - left)} fill={colour(k)} />
                  <rect
                    x={x(Math.max(0, range.low))}
                    y={1}
                    height={bar - 3}
                    width={Math.max(0, x(Math.max(0, range.high)) - x(Math.max(0, range.low)))}
                    fill={colour(k)}
                    opacity={0.45}
                  />
                  <text
                    x={above ? left : x(Math.max(0, range.high)) + 5 * letters}
                    y={above ? -bar / 2 : (bar - 2) / 2}
                    dominantBaseline="central"
                    className="barValue"
                  >
                    {figure(range)}
                  </text>
                </g>
              ))}
            </g>
          ))}
        </svg>
      </div>
      <p className="hint">{t('chart.hint')}</p>
    </section>
  )
}
