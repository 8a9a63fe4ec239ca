import { useLayoutEffect, useRef, useState } from 'react'

/**
 * The width of a box, so that a chart is drawn in its pixels, and how much larger than usual letters are there: by the reader's own size
 * of letters, or by the text zoom of a chat program, which leaves pictures out.
 */
export function useWidth() {
  const box = useRef<HTMLDivElement>(null)
  const [size, setSize] = useState({ width: 358, letters: 1 })
  useLayoutEffect(() => {
    const element = box.current
    if (!element) return
    const letter = document.createElement('span')
    letter.textContent = '国'
    letter.ariaHidden = 'true'
    letter.style.cssText = 'position:absolute;visibility:hidden;font-size:1rem;line-height:1'
    element.append(letter)
    const measure = () =>
      setSize((before) => {
        const next = { width: Math.max(240, Math.floor(element.clientWidth)), letters: Math.max(0.5, letter.offsetHeight / 16) }
        return next.width === before.width && next.letters === before.letters ? before : next
      })
    measure()
    if (typeof ResizeObserver === 'undefined') return () => letter.remove()
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    observer.observe(letter)
    return () => {
      observer.disconnect()
      letter.remove()
    }
  }, [])
  return [box, size.width, size.letters] as const
}
