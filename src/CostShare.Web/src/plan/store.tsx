import { createContext, type ReactNode, useCallback, useContext, useEffect, useEffectEvent, useMemo, useState } from 'react'
import { firstPlan, type Plan } from './plan'
import { fromFragment, holdsPlan, read } from './share'

const planKey = 'costshare.plan'
const beforeKey = 'costshare.before'
const mineKey = 'costshare.mine'
const firstMine = '501'

interface Store {
  plan: Plan
  change: (next: (plan: Plan) => Plan) => void
  /** Takes a plan from elsewhere in place of the reader's own, which is kept beside it. */
  open: (plan: Plan) => void
  /** The reader's own plan, while another stands in its place. */
  before: Plan | null
  /** Goes back to the own plan, or stays with the other one. */
  back: (toOwn: boolean) => void
  /** Whether the address should hold a plan that cannot be read. */
  isBroken: boolean
  /** The household of the reader, remembered on this device only. */
  mine: string
  setMine: (household: string) => void
  /** Forgets what was entered on this device. */
  clear: () => void
}

const Context = createContext<Store | null>(null)

/** Keeps the plan, and a copy of it on this device, so that a reload loses nothing. */
export function PlanProvider({ children }: { children: ReactNode }) {
  const [plan, setPlan] = useState<Plan>(() => read(recall(planKey) ?? '') ?? firstPlan)
  const [before, setBefore] = useState<Plan | null>(() => read(recall(beforeKey) ?? ''))
  const [mine, setMine] = useState(() => recall(mineKey) ?? firstMine)
  const [isBroken, setBroken] = useState(false)

  const open = useCallback(
    (opened: Plan) => {
      // Of several that are opened one after another, the own plan is the first.
      if (![firstPlan, opened].some((other) => isSame(plan, other))) setBefore((kept) => kept ?? plan)
      setPlan(opened)
    },
    [plan],
  )
  const back = useCallback(
    (toOwn: boolean) => {
      if (toOwn && before) setPlan(before)
      setBefore(null)
    },
    [before],
  )
  const clear = useCallback(() => {
    setPlan(firstPlan)
    setBefore(null)
    setMine(firstMine)
  }, [])

  const look = useEffectEvent(async () => {
    const opened = await (holdsPlan(location.hash) ? fromFragment(location.hash) : undefined)
    setBroken(opened === null)
    if (!opened) return
    open(opened)
    // From here on the copy on this device counts, and the address is short again.
    history.replaceState(null, '', location.pathname + location.search)
  })
  useEffect(() => {
    const heard = () => void look()
    heard()
    addEventListener('hashchange', heard)
    return () => removeEventListener('hashchange', heard)
  }, [])

  useEffect(() => remember(planKey, JSON.stringify(plan)), [plan])
  useEffect(() => remember(beforeKey, before && JSON.stringify(before)), [before])
  useEffect(() => remember(mineKey, mine), [mine])

  const store = useMemo(
    () => ({ plan, change: setPlan, open, before, back, isBroken, mine, setMine, clear }),
    [plan, open, before, back, isBroken, mine, clear],
  )
  return <Context.Provider value={store}>{children}</Context.Provider>
}

export function usePlan(): Store {
  const store = useContext(Context)
  if (!store) throw new Error('No plan here.')
  return store
}

/** Whether two plans are the same; their members stand in one order. */
export function isSame(one: Plan, other: Plan): boolean {
  return one === other || JSON.stringify(one) === JSON.stringify(other)
}

function recall(key: string): string | null {
  try {
    return localStorage.getItem(key)
  } catch {
    return null
  }
}

function remember(key: string, value: string | null) {
  try {
    if (value === null) localStorage.removeItem(key)
    else localStorage.setItem(key, value)
  } catch {
    // A browser that keeps nothing still computes.
  }
}
