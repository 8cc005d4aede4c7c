"""The screen: ScreenView to widgets; the only room that knows kivy. Decides nothing."""
