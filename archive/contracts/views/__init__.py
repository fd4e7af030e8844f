"""The pages of contracts: the company's templates, making a draft, the drafts made."""
