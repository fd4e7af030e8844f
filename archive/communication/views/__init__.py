"""The pages of communication: visits and complaints."""
