import { type ReactNode, useState } from 'react'

/**
 * A group of inputs that opens and closes; closed ones are not in the way of a keyboard. What is in it is made when it is opened first, so
 * that the first result does not wait for it.
 */
export function Group({ title, open = false, children }: { title: string; open?: boolean; children: ReactNode }) {
  const [opened, setOpened] = useState(open)
  return (
    <details className="group" open={open} onToggle={(event) => event.currentTarget.open && setOpened(true)}>
      <summary>{title}</summary>
      {opened && <div className="groupBody">{children}</div>}
    </details>
  )
}
