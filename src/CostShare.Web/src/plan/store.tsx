import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useState } from 'react'
import { firstPlan, type Plan } from './plan'
import { fromFragment, read } from './share'

const planKey = 'costshare.plan'
const mineKey = 'costshare.mine'

interface Store {
  plan: Plan
  change: (next: (plan: Plan) => Plan) => void
  /** The household of the reader, remembered on this device only. */
  mine: string
  setMine: (household: string) => void
}

const Context = createContext<Store | null>(null)

/** Keeps the plan, and a copy of it on this device, so that a reload loses nothing. */
export function PlanProvider({ children }: { children: ReactNode }) {
  const [plan, setPlan] = useState<Plan>(() => read(recall(planKey) ?? '') ?? firstPlan)
  const [mine, setMineNow] = useState(() => recall(mineKey) ?? '501')

  useEffect(() => {
    const open = async () => {
      const opened = location.hash.length > 2 ? await fromFragment(location.hash) : null
      if (opened) {
        setPlan(opened)
        // From here on the copy on this device counts, and the address is short again.
        history.replaceState(null, '', location.pathname + location.search)
      }
    }
    void open()
    addEventListener('hashchange', open)
    return () => removeEventListener('hashchange', open)
  }, [])

  useEffect(() => remember(planKey, JSON.stringify(plan)), [plan])

  const change = useCallback((next: (plan: Plan) => Plan) => setPlan(next), [])
  const setMine = useCallback((household: string) => {
    setMineNow(household)
    remember(mineKey, household)
  }, [])
  const store = useMemo(() => ({ plan, change, mine, setMine }), [plan, change, mine, setMine])
  return <Context.Provider value={store}>{children}</Context.Provider>
}

export function usePlan(): Store {
  const store = useContext(Context)
  if (!store) throw new Error('No plan here.')
  return store
}

function recall(key: string): string | null {
  try {
    return localStorage.getItem(key)
  } catch {
    return null
  }
}

function remember(key: string, value: string) {
  try {
    localStorage.setItem(key, value)
  } catch {
    // A browser that keeps nothing still computes.
  }
}
