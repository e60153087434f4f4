"""The data room: documents stored once, searched in English and Chinese, and quoted only as they stand."""
