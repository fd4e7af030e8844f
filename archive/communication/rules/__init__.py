"""Pure rules about visits and complaints."""
