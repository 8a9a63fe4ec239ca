import type { TFunction } from 'i18next'
import type { Choice, Knobs, Plan } from '../plan/plan'

/** The colours of the schemes, in their order; each is dark enough to stand as text on white. */
export const colours = ['#0b5394', '#b45309', '#2f6d14', '#7a2a8a', '#8a1c1c', '#0f6b6b', '#5b4a00', '#444444'] as const

export const colour = (position: number) => colours[position % colours.length]!

/** What a scheme is called here. */
export const labelOf = (t: TFunction, choice: Choice): string => (choice.kind === 'ready' ? choice.name : t(`scheme.${choice.kind}`))

/** What a scheme of a plan is called here. */
export const nameOf = (t: TFunction, plan: Plan, id: string): string => {
  const choice = plan.schemes.find((scheme) => scheme.id === id)
  return choice ? labelOf(t, choice) : id
}

/** What a scheme of the page does, in a few words; nothing for ready ones, whose names say where they come from. */
export const hintOf = (t: TFunction, choice: Choice | undefined, knobs: Knobs): string =>
  choice === undefined || choice.kind === 'ready' ? '' : t(`schemeHint.${choice.kind}`, { area: knobs.areaPercent })
