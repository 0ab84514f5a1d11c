"""The application: window, command line, project and formats."""
