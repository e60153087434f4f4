"""Jobs: what people come for, one folder each: services, the documents they fill, and the commands that ask them."""
