import './mantine.css'
import './elder.css'
import './page.css'
import { createTheme, MantineProvider } from '@mantine/core'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { I18nextProvider } from 'react-i18next'
import { App } from './App'
import { PlanProvider } from './plan/store'
import i18n from './texts/i18n'

const theme = createTheme({
  primaryColor: 'blue',
  primaryShade: 9,
  // Families that have Chinese letters on every system; nothing is loaded.
  fontFamily: '"PingFang SC", "Noto Sans CJK SC", "Microsoft YaHei", system-ui, sans-serif',
  fontSizes: { xs: '0.9375rem', sm: '1rem', md: '1.0625rem', lg: '1.1875rem', xl: '1.375rem' },
  respectReducedMotion: true,
})

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <I18nextProvider i18n={i18n}>
      <MantineProvider theme={theme} forceColorScheme="light">
        <PlanProvider>
          <App />
        </PlanProvider>
      </MantineProvider>
    </I18nextProvider>
  </StrictMode>,
)
