"""Events of organized violence, brought by the user."""
