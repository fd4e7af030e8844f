"""How Chinese is written: spellings that mean the same, pinyin, amounts, numbers and days."""
