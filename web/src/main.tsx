import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './shell/App'
import { watchForNewVersion } from './shell/newVersion'
import { applyTheme } from './shell/theme'
import './ui/base.css'

applyTheme()
watchForNewVersion(window)
createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <App />
  </StrictMode>,
)
